/* The reconnection time. */
#include "cases/groups.h"

const char cases_of_retry[] = {
    "retry\t"
    "The client comes back after 100 ms.\t"
    "raw=retry:100%0Adata:x%0A%0A\n"

    "retry-space\t"
    "One space is taken off: 100 ms.\t"
    "raw=retry:+100%0Adata:x%0A%0A\n"

    "retry-zero\t"
    "0 is a number: the client comes back at once.\t"
    "raw=retry:0%0Adata:x%0A%0A\n"

    "retry-leading-zeros\t"
    "The number is decimal, whatever zeros it has in front: 100 ms.\t"
    "raw=retry:000100%0Adata:x%0A%0A\n"

    "retry-alone\t"
    "It needs no data: 100 ms, and nothing is dispatched.\t"
    "raw=retry:100%0A%0A\n"

    "retry-before-blank-line\t"
    "It counts at the end of its line, although the event is cut off: 100 ms.\t"
    "raw=data:x%0A%0Aretry:100%0A\n"

    "retry-unfinished\t"
    "A line that has no end is no line: the time is the client's own.\t"
    "raw=data:x%0A%0Aretry:60000\n"

    "retry-twice\t"
    "The last one counts: 100 ms.\t"
    "raw=retry:60000%0Aretry:100%0Adata:x%0A%0A\n"

    "retry-then-wrong\t"
    "A wrong one does not undo the one before: 100 ms.\t"
    "raw=retry:100%0Aretry:60000x%0Adata:x%0A%0A\n"

    "retry-empty\t"
    "An empty one is no number, and is ignored.\t"
    "raw=retry:%0Adata:x%0A%0A\n"

    "retry-bare\t"
    "'retry' without a colon is an empty one, and is ignored.\t"
    "raw=retry%0Adata:x%0A%0A\n"

    "retry-letters\t"
    "Digits with a letter behind are ignored.\t"
    "raw=retry:60000x%0Adata:x%0A%0A\n"

    "retry-two-spaces\t"
    "A space that is left in front is no digit: ignored.\t"
    "raw=retry:++60000%0Adata:x%0A%0A\n"

    "retry-space-behind\t"
    "A space behind is no digit: ignored.\t"
    "raw=retry:60000+%0Adata:x%0A%0A\n"

    "retry-minus\t"
    "A sign is no digit: ignored.\t"
    "raw=retry:-60000%0Adata:x%0A%0A\n"

    "retry-plus\t"
    "A sign is no digit: ignored.\t"
    "raw=retry:%2B60000%0Adata:x%0A%0A\n"

    "retry-point\t"
    "A decimal point is no digit: ignored.\t"
    "raw=retry:60000.5%0Adata:x%0A%0A\n"

    "retry-exponent\t"
    "An exponent is ignored with all the field.\t"
    "raw=retry:6e4%0Adata:x%0A%0A\n"

    "retry-hexadecimal\t"
    "Hexadecimal is ignored with all the field.\t"
    "raw=retry:0xEA60%0Adata:x%0A%0A\n"

    "retry-wide-digits\t"
    "Digits that are not ASCII, U+FF16 and U+FF10, are ignored.\t"
    "raw=retry:%EF%BC%96%EF%BC%90000%0Adata:x%0A%0A\n"

    "retry-huge\t"
    "Longer than any machine's number: all is well, and the client is not back at once.\t"
    "raw=retry:99999999999999999999999%0Adata:x%0A%0A\n",
};
