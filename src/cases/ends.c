/* Where the body ends, and which event is lost. */
#include "cases/groups.h"

const char cases_of_ends[] = {
    "end-whole\tThe blank line is complete. The client dispatches only 'x'.\t"
    "raw=data:x%0A%0A\n"

    "end-no-blank-line\tThe second event has no blank line. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0A\n"

    "end-no-blank-line-cr\tCR ends the line, but no blank line follows. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0D\n"

    "end-no-blank-line-crlf\tCR LF ends the line, but no blank line follows. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0D%0A\n"

    "end-in-value\tThe body ends inside a value. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2\n"

    "end-behind-colon\tThe body ends after a colon. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:\n"

    "end-in-name\tThe body ends inside a field name. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Ada\n"

    "end-in-second-line\t"
    "The body ends in the second line of an event. All of it is lost. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0Adata:3\n"

    "end-in-comment\tThe body ends inside a comment of the second event. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0A:c\n"

    "end-in-space-line\tThe body ends after a space, which is not a blank line. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0A+\n"

    "end-in-id\tThe body ends inside an id field, which does not count. The client reconnects with '1'.\t"
    "raw=id:1%0Adata:1%0A%0Aid:2\n"

    "end-in-type\tThe body ends inside an event field. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0Aevent:t\n"

    "end-in-character\tThe body ends inside a character. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:%E2%82\n"

    "end-first-event\tThe only event has no blank line. The client dispatches nothing.\t"
    "raw=data:x%0A\n"

    "end-cut\tThe body ends in the middle of the second event. The client dispatches only '1'.\t"
    "raw=data:1%0A%0Adata:2%0A%0A&cut=14\n",
};
