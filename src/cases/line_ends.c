/* Line ends: LF, CR and CR LF. */
#include "cases/groups.h"

const char cases_of_line_ends[] = {
    "line-lf\tLF ends a line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0A%0Adata:2%0A%0A\n"

    "line-cr\tCR ends a line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0D%0Ddata:2%0D%0D\n"

    "line-crlf\tCR LF ends a line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0D%0A%0D%0Adata:2%0D%0A%0D%0A\n"

    "line-crlf-once\tCR LF ends one line, not two. The data is the lines '1' and '2'.\t"
    "raw=data:1%0D%0Adata:2%0D%0A%0D%0A\n"

    "line-mixed\tOne event may contain all three line ends. The data is the lines '1', '2', '3' and '4'.\t"
    "raw=data:1%0Ddata:2%0Adata:3%0D%0Adata:4%0A%0A\n"

    "line-lf-cr\tLF CR ends two lines. The client dispatches '1', then '2'.\t"
    "raw=data:1%0A%0Ddata:2%0A%0D\n"

    "line-lf-crlf\tCR LF after LF is a blank line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0A%0D%0Adata:2%0A%0D%0A\n"

    "line-cr-crlf\tCR LF after CR is a blank line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0D%0D%0Adata:2%0D%0D%0A\n"

    "line-crlf-cr\tCR after CR LF is a blank line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0D%0A%0Ddata:2%0D%0A%0D\n"

    "line-crlf-lf\tLF after CR LF is a blank line. The client dispatches '1', then '2'.\t"
    "raw=data:1%0D%0A%0Adata:2%0D%0A%0A\n"

    "line-crlf-bytes\t"
    "Each byte is one write. CR LF still ends one line. The client dispatches '1' and '2' as one event, then '3'.\t"
    "raw=data:1%0D%0Adata:2%0D%0A%0D%0Adata:3%0D%0A%0D%0A&split=1&gap=2ms\n"

    "line-crlf-parted\tLF comes 50 ms after its CR. It does not end another line. The data is the lines '1' and '2'.\t"
    "raw=data:1%0D&raw=%0Adata:2%0D&raw=%0A%0D%0A&interval=50ms\n"

    "line-blank-parted\tIn the blank line, LF comes 50 ms after CR. The client dispatches '1', then '2' of type 't'.\t"
    "raw=data:1%0D%0A%0D&raw=%0Aevent:t%0D&raw=%0Adata:2%0D%0A%0D%0A&interval=50ms\n"

    "line-cr-at-end\tThe last CR is a blank line, although no LF can follow. The client dispatches only 'x'.\t"
    "raw=data:x%0D%0D\n"

    "line-crlf-cr-at-end\t"
    "CR after CR LF is a blank line, although its LF never comes. The client dispatches only 'x'.\t"
    "raw=data:x%0D%0A%0D\n",
};
