/* The byte-order mark: the client removes one, at the start of the body. */
#include "cases/groups.h"

const char cases_of_bom[] = {
    "bom\tThe client removes a byte-order mark at the start. It dispatches only 'x'.\t"
    "raw=%EF%BB%BFdata:x%0A%0A\n"

    "bom-twice\tThe client removes one mark. The second is part of a field name. The client dispatches only 'end'.\t"
    "raw=%EF%BB%BF%EF%BB%BFdata:x%0A%0Adata:end%0A%0A\n"

    "bom-later\tA mark before a later event is part of a field name. The client dispatches 'a', then 'c'.\t"
    "raw=data:a%0A%0A%EF%BB%BFdata:b%0A%0Adata:c%0A%0A\n"

    "bom-second-line\tA mark before the second line is part of a field name. The client dispatches only 'a'.\t"
    "raw=data:a%0A%EF%BB%BFdata:b%0A%0A\n"

    "bom-behind-blank-line\tAfter a blank line, the mark is part of a field name. The client dispatches only 'end'.\t"
    "raw=%0A%EF%BB%BFdata:x%0A%0Adata:end%0A%0A\n"

    "bom-in-data\tIn data the mark is a character. The data is U+FEFF and 'x'.\t"
    "raw=data:%EF%BB%BFx%0A%0A\n"

    "bom-id\tAn id field may follow the mark. The ID is '1'.\t"
    "raw=%EF%BB%BFid:1%0Adata:x%0A%0A\n"

    "bom-comment\tA comment may follow the mark. The client dispatches only 'x'.\t"
    "raw=%EF%BB%BF:c%0Adata:x%0A%0A\n"

    "bom-blank-line\tA blank line may follow the mark. The client dispatches only 'x'.\t"
    "raw=%EF%BB%BF%0Adata:x%0A%0A\n"

    "bom-parted\tThe mark comes in three writes, 20 ms apart. The client dispatches only 'x'.\t"
    "raw=%EF&raw=%BB&raw=%BFdata:x%0A%0A&interval=20ms\n"

    "bom-alone\tThe body contains only the mark. The client dispatches nothing.\t"
    "raw=%EF%BB%BF\n"

    "bom-half\tTwo of the three bytes are not a mark, but U+FFFD in a field name. The client dispatches only 'end'.\t"
    "raw=%EF%BBdata:x%0A%0Adata:end%0A%0A\n"

    "bom-utf-16\t"
    "A mark of UTF-16 does not change the encoding, which is always UTF-8. The client dispatches only 'end'.\t"
    "raw=%FF%FEdata:x%0A%0A%FE%FFdata:x%0A%0Adata:end%0A%0A\n",
};
