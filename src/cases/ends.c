/* Where the stream ends, and what is lost then. */
#include "cases/groups.h"

const char cases_of_ends[] = {
    "end-whole\t"
    "The blank line is there: 'x' is dispatched.\t"
    "raw=data:x%0A%0A\n"

    "end-no-blank-line\t"
    "Without the blank line the event is lost: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0A\n"

    "end-no-blank-line-cr\t"
    "CR ends the line, and no blank line follows: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0D\n"

    "end-no-blank-line-crlf\t"
    "CR LF is one line end, and no blank line: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0D%0A\n"

    "end-in-value\t"
    "The line has no end, and the event is lost: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2\n"

    "end-behind-colon\t"
    "The event is lost: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:\n"

    "end-in-name\t"
    "The event is lost: only '1' is dispatched.\t"
    "raw=data:1%0A%0Ada\n"

    "end-in-second-line\t"
    "All of the event is lost, its first line too: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0Adata:3\n"

    "end-in-comment\t"
    "A comment without an end loses its event: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0A:c\n"

    "end-in-space-line\t"
    "A space is no blank line: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0A+\n"

    "end-in-id\t"
    "The ID is lost, too: the client comes back with '1'.\t"
    "raw=id:1%0Adata:1%0A%0Aid:2\n"

    "end-in-type\t"
    "The event is lost: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0Aevent:t\n"

    "end-in-character\t"
    "Half a character dispatches nothing: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:%E2%82\n"

    "end-first-event\t"
    "Nothing is dispatched at all.\t"
    "raw=data:x%0A\n"

    "end-cut\t"
    "The body ends in the middle of the second event: only '1' is dispatched.\t"
    "raw=data:1%0A%0Adata:2%0A%0A&cut=14\n",
};
