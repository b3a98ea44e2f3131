/* The byte-order mark: one goes, at the very front. */
#include "cases/groups.h"

const char cases_of_bom[] = {
    "bom\t"
    "One at the front is taken off: 'x' is dispatched.\t"
    "raw=%EF%BB%BFdata:x%0A%0A\n"

    "bom-twice\t"
    "Only one is taken off, the second is part of a name: only 'end' is dispatched.\t"
    "raw=%EF%BB%BF%EF%BB%BFdata:x%0A%0Adata:end%0A%0A\n"

    "bom-later\t"
    "One in front of a later event is part of a name: 'a' and 'c'.\t"
    "raw=data:a%0A%0A%EF%BB%BFdata:b%0A%0Adata:c%0A%0A\n"

    "bom-second-line\t"
    "One in front of the second line is part of a name: 'a' alone.\t"
    "raw=data:a%0A%EF%BB%BFdata:b%0A%0A\n"

    "bom-behind-blank-line\t"
    "Behind a blank line it is not at the front: only 'end' is dispatched.\t"
    "raw=%0A%EF%BB%BFdata:x%0A%0Adata:end%0A%0A\n"

    "bom-in-data\t"
    "In data it is a character: U+FEFF, 'x'.\t"
    "raw=data:%EF%BB%BFx%0A%0A\n"

    "bom-id\t"
    "An ID behind it counts: the ID is '1'.\t"
    "raw=%EF%BB%BFid:1%0Adata:x%0A%0A\n"

    "bom-comment\t"
    "A comment behind it is a comment: 'x'.\t"
    "raw=%EF%BB%BF:c%0Adata:x%0A%0A\n"

    "bom-blank-line\t"
    "A blank line behind it is one: 'x'.\t"
    "raw=%EF%BB%BF%0Adata:x%0A%0A\n"

    "bom-parted\t"
    "It may come in three writes, 20 ms apart: 'x'.\t"
    "raw=%EF&raw=%BB&raw=%BFdata:x%0A%0A&interval=20ms\n"

    "bom-alone\t"
    "A stream of nothing else dispatches nothing.\t"
    "raw=%EF%BB%BF\n"

    "bom-half\t"
    "Two of its bytes are none, but U+FFFD in a name: only 'end' is dispatched.\t"
    "raw=%EF%BBdata:x%0A%0Adata:end%0A%0A\n"

    "bom-utf-16\t"
    "Those of UTF-16 change nothing, it is UTF-8 always: only 'end' is dispatched.\t"
    "raw=%FF%FEdata:x%0A%0A%FE%FFdata:x%0A%0Adata:end%0A%0A\n",
};
