/* The reconnection time. */
#include "cases/groups.h"

const char cases_of_retry[] = {
    "retry\tThe value is in milliseconds. The reconnection time is 100 ms.\t"
    "raw=retry:100%0Adata:x%0A%0A\n"

    "retry-space\tThe client removes one space. The reconnection time is 100 ms.\t"
    "raw=retry:+100%0Adata:x%0A%0A\n"

    "retry-zero\tThe value 0 is valid. The client reconnects at once.\t"
    "raw=retry:0%0Adata:x%0A%0A\n"

    "retry-leading-zeros\tThe number is decimal, even with leading zeros. The reconnection time is 100 ms.\t"
    "raw=retry:000100%0Adata:x%0A%0A\n"

    "retry-alone\tThe field needs no data. The reconnection time is 100 ms. The client dispatches nothing.\t"
    "raw=retry:100%0A%0A\n"

    "retry-before-blank-line\t"
    "The field counts at the end of its line, even in an incomplete event. The reconnection time is 100 ms.\t"
    "raw=data:x%0A%0Aretry:100%0A\n"

    "retry-unfinished\tThe client ignores a line without a line end. It keeps its own reconnection time.\t"
    "raw=data:x%0A%0Aretry:60000\n"

    "retry-twice\tThe last retry field counts. The reconnection time is 100 ms.\t"
    "raw=retry:60000%0Aretry:100%0Adata:x%0A%0A\n"

    "retry-then-wrong\tAn invalid value does not undo an earlier one. The reconnection time is 100 ms.\t"
    "raw=retry:100%0Aretry:60000x%0Adata:x%0A%0A\n"

    "retry-empty\tAn empty value is not a number. The client ignores the field.\t"
    "raw=retry:%0Adata:x%0A%0A\n"

    "retry-bare\t'retry' without a colon has an empty value. The client ignores the field.\t"
    "raw=retry%0Adata:x%0A%0A\n"

    "retry-letters\tA letter after the digits makes the value invalid. The client ignores the field.\t"
    "raw=retry:60000x%0Adata:x%0A%0A\n"

    "retry-two-spaces\tThe client removes one space. The other makes the value invalid. The client ignores the field.\t"
    "raw=retry:++60000%0Adata:x%0A%0A\n"

    "retry-space-behind\tA space after the digits makes the value invalid. The client ignores the field.\t"
    "raw=retry:60000+%0Adata:x%0A%0A\n"

    "retry-minus\tA minus sign is not a digit. The client ignores the field.\t"
    "raw=retry:-60000%0Adata:x%0A%0A\n"

    "retry-plus\tA plus sign is not a digit. The client ignores the field.\t"
    "raw=retry:%2B60000%0Adata:x%0A%0A\n"

    "retry-point\tA decimal point is not a digit. The client ignores the field.\t"
    "raw=retry:60000.5%0Adata:x%0A%0A\n"

    "retry-exponent\tA number with an exponent is invalid. The client ignores the field.\t"
    "raw=retry:6e4%0Adata:x%0A%0A\n"

    "retry-hexadecimal\tA hexadecimal number is invalid. The client ignores the field.\t"
    "raw=retry:0xEA60%0Adata:x%0A%0A\n"

    "retry-wide-digits\tOnly ASCII digits count, not U+FF16 and U+FF10. The client ignores the field.\t"
    "raw=retry:%EF%BC%96%EF%BC%90000%0Adata:x%0A%0A\n"

    "retry-huge\tThe number does not fit in 64 bits. The client does not fail, and it does not reconnect at once.\t"
    "raw=retry:99999999999999999999999%0Adata:x%0A%0A\n",
};
