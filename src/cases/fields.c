/* Field names, the colon, and the space after it. */
#include "cases/groups.h"

const char cases_of_fields[] = {
    "field-space\tThe client removes one space after the colon. The data is 'x'.\t"
    "raw=data:+x%0A%0A\n"

    "field-no-space\tThe space after the colon is optional. The data is 'x'.\t"
    "raw=data:x%0A%0A\n"

    "field-two-spaces\tThe client removes only one space. The data is ' x'.\t"
    "raw=data:++x%0A%0A\n"

    "field-trailing-spaces\tThe client keeps spaces at the end of a line. The data is 'x  '.\t"
    "raw=data:+x++%0A%0A\n"

    "field-tab\tThe client removes a space after the colon, but not a tab. The data is a tab and 'x'.\t"
    "raw=data:%09x%0A%0A\n"

    "field-no-break-space\tThe client removes a space after the colon, but not U+00A0. The data is U+00A0 and 'x'.\t"
    "raw=data:%C2%A0x%0A%0A\n"

    "field-colons\tThe name ends at the first colon. Later colons belong to the value. The data is 'a:b: c'.\t"
    "raw=data:a:b:+c%0A%0A\n"

    "field-colon-twice\tThe second colon belongs to the value. The data is ':x'.\t"
    "raw=data::x%0A%0A\n"

    "field-space-in-front\tThe name ' data' is not 'data'. The client dispatches only 'end'.\t"
    "raw=+data:x%0A%0Adata:end%0A%0A\n"

    "field-space-before-colon\tThe name 'data ' is not 'data'. The client dispatches only 'end'.\t"
    "raw=data+:x%0A%0Adata:end%0A%0A\n"

    "field-upper-case\tNames are case-sensitive: 'Data' and 'DATA' are unknown. The client dispatches only 'end'.\t"
    "raw=Data:x%0A%0ADATA:x%0A%0Adata:end%0A%0A\n"

    "field-upper-case-others\t"
    "The client ignores 'Event', 'ID' and 'Retry'. It dispatches only 'x', as a message without an ID.\t"
    "raw=Event:a%0AID:1%0ARetry:100%0Adata:x%0A%0A\n"

    "field-unknown\t"
    "The client ignores an unknown field. It does not end the event. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0Awhat:x%0Adata:b%0A%0A\n"

    "field-unknown-bare\t"
    "A line without a colon is a field name, here an unknown one. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0Awhat%0Adata:b%0A%0A\n"

    "field-longer-name\tThe names 'datas' and 'data-x' are not 'data'. The client dispatches only 'end'.\t"
    "raw=datas:x%0Adata-x:x%0A%0Adata:end%0A%0A\n"

    "field-shorter-name\tThe names 'dat' and 'd' are not 'data'. The client dispatches only 'end'.\t"
    "raw=dat:x%0Ad:x%0A%0Adata:end%0A%0A\n"

    "field-nul-in-name\tA name with a NUL in it or at its end is unknown. The client dispatches only 'end'.\t"
    "raw=da%00ta:x%0Adata%00:x%0A%0Adata:end%0A%0A\n",
};
