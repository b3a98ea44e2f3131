/* The ends of lines: LF, CR, or both in this order. */
#include "cases/groups.h"

const char cases_of_line_ends[] = {
    "line-lf\t"
    "LF ends a line: '1', then '2'.\t"
    "raw=data:1%0A%0Adata:2%0A%0A\n"

    "line-cr\t"
    "CR ends a line: '1', then '2'.\t"
    "raw=data:1%0D%0Ddata:2%0D%0D\n"

    "line-crlf\t"
    "CR LF ends a line: '1', then '2'.\t"
    "raw=data:1%0D%0A%0D%0Adata:2%0D%0A%0D%0A\n"

    "line-crlf-once\t"
    "CR LF is one line end, not two: '1' and '2' are one event.\t"
    "raw=data:1%0D%0Adata:2%0D%0A%0D%0A\n"

    "line-mixed\t"
    "All three in one event: '1', '2', '3' and '4' are its lines.\t"
    "raw=data:1%0Ddata:2%0Adata:3%0D%0Adata:4%0A%0A\n"

    "line-lf-cr\t"
    "LF CR is two line ends: '1', then '2'.\t"
    "raw=data:1%0A%0Ddata:2%0A%0D\n"

    "line-lf-crlf\t"
    "LF, then CR LF, is a line end and a blank line: '1', then '2'.\t"
    "raw=data:1%0A%0D%0Adata:2%0A%0D%0A\n"

    "line-cr-crlf\t"
    "CR, then CR LF, is a line end and a blank line: '1', then '2'.\t"
    "raw=data:1%0D%0D%0Adata:2%0D%0D%0A\n"

    "line-crlf-cr\t"
    "CR LF, then CR, is a line end and a blank line: '1', then '2'.\t"
    "raw=data:1%0D%0A%0Ddata:2%0D%0A%0D\n"

    "line-crlf-lf\t"
    "CR LF, then LF, is a line end and a blank line: '1', then '2'.\t"
    "raw=data:1%0D%0A%0Adata:2%0D%0A%0A\n"

    "line-crlf-bytes\t"
    "CR LF, a byte a write: '1' and '2' are one event, '3' another.\t"
    "raw=data:1%0D%0Adata:2%0D%0A%0D%0Adata:3%0D%0A%0D%0A&split=1&gap=2ms\n"

    "line-crlf-parted\t"
    "LF comes 50 ms after its CR, and is no second line end: '1' and '2' are one event.\t"
    "raw=data:1%0D&raw=%0Adata:2%0D&raw=%0A%0D%0A&interval=50ms\n"

    "line-blank-parted\t"
    "The blank line's LF comes 50 ms after its CR: '1', then '2' of type 't'.\t"
    "raw=data:1%0D%0A%0D&raw=%0Aevent:t%0D&raw=%0Adata:2%0D%0A%0D%0A&interval=50ms\n"

    "line-cr-at-end\t"
    "CR at the very end is a line end, though no LF can follow: 'x' is dispatched.\t"
    "raw=data:x%0D%0D\n"

    "line-crlf-cr-at-end\t"
    "CR is a blank line, though its LF never comes: 'x' is dispatched.\t"
    "raw=data:x%0D%0A%0D\n",
};
