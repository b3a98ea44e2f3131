/* The ends of lines: LF, CR, or both in this order. */
#include "cases/groups.h"

const char cases_of_line_ends[] = {
    "lines-lf\t"
    "LF ends a line: two events, '1' and '2'.\t"
    "raw=data:1%0A%0Adata:2%0A%0A\n"

    "lines-cr\t"
    "CR ends a line: two events, '1' and '2'.\t"
    "raw=data:1%0D%0Ddata:2%0D%0D\n"

    "lines-crlf\t"
    "CR LF ends one line, not two: one event of two lines, '1' and '2'.\t"
    "raw=data:1%0D%0Adata:2%0D%0A%0D%0A\n",
};
