/* Fields: their names, the colon, and the one space behind it. */
#include "cases/groups.h"

const char cases_of_fields[] = {
    "field-space\t"
    "One space behind the colon is no part of the value: the data is 'x'.\t"
    "raw=data:+x%0A%0A\n"

    "field-no-space\t"
    "The value may follow the colon at once: the data is 'x'.\t"
    "raw=data:x%0A%0A\n"

    "field-two-spaces\t"
    "Only one space is taken off: the data is ' x'.\t"
    "raw=data:++x%0A%0A\n"

    "field-trailing-spaces\t"
    "Spaces at the end of a line stay: the data is 'x  '.\t"
    "raw=data:+x++%0A%0A\n"

    "field-tab\t"
    "A tab behind the colon is no space and stays: the data is a tab and 'x'.\t"
    "raw=data:%09x%0A%0A\n"

    "field-no-break-space\t"
    "U+00A0 behind the colon is no space and stays.\t"
    "raw=data:%C2%A0x%0A%0A\n"

    "field-colons\t"
    "The first colon ends the name, all others are the value's: the data is 'a:b: c'.\t"
    "raw=data:a:b:+c%0A%0A\n"

    "field-colon-twice\t"
    "The second of two colons is part of the value: the data is ':x'.\t"
    "raw=data::x%0A%0A\n"

    "field-space-in-front\t"
    "' data' is not 'data': only 'end' is dispatched.\t"
    "raw=+data:x%0A%0Adata:end%0A%0A\n"

    "field-space-before-colon\t"
    "'data ' is not 'data': only 'end' is dispatched.\t"
    "raw=data+:x%0A%0Adata:end%0A%0A\n"

    "field-upper-case\t"
    "Names are compared with their case: 'Data' and 'DATA' are unknown, only 'end' is dispatched.\t"
    "raw=Data:x%0A%0ADATA:x%0A%0Adata:end%0A%0A\n"

    "field-upper-case-others\t"
    "'Event', 'ID' and 'Retry' are unknown: a message 'x' without an ID.\t"
    "raw=Event:a%0AID:1%0ARetry:100%0Adata:x%0A%0A\n"

    "field-unknown\t"
    "An unknown field is ignored, and does not end the event: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0Awhat:x%0Adata:b%0A%0A\n"

    "field-unknown-bare\t"
    "A line without a colon is a name, unknown here: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0Awhat%0Adata:b%0A%0A\n"

    "field-longer-name\t"
    "'datas' and 'data-x' are not 'data': only 'end' is dispatched.\t"
    "raw=datas:x%0Adata-x:x%0A%0Adata:end%0A%0A\n"

    "field-shorter-name\t"
    "'dat' and 'd' are not 'data': only 'end' is dispatched.\t"
    "raw=dat:x%0Ad:x%0A%0Adata:end%0A%0A\n"

    "field-nul-in-name\t"
    "A name with NUL in it, or behind it, is unknown: only 'end' is dispatched.\t"
    "raw=da%00ta:x%0Adata%00:x%0A%0Adata:end%0A%0A\n",
};
