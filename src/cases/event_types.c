/* The type of an event. */
#include "cases/groups.h"

const char cases_of_event_types[] = {
    "event-type\tThe event field sets the type. The type is 't'.\t"
    "raw=event:t%0Adata:x%0A%0A\n"

    "event-type-behind-data\tThe event field may come after the data. The type is 't'.\t"
    "raw=data:x%0Aevent:t%0A%0A\n"

    "event-none\tWithout an event field, the type is 'message'.\t"
    "raw=data:x%0A%0A\n"

    "event-message\tThe server may send the default type. The type is 'message'.\t"
    "raw=event:message%0Adata:x%0A%0A\n"

    "event-empty\tAn empty type means the default. The type is 'message'.\t"
    "raw=event:%0Adata:x%0A%0A\n"

    "event-bare\t'event' without a colon means an empty type. The type is 'message'.\t"
    "raw=event%0Adata:x%0A%0A\n"

    "event-twice\tThe last event field counts. The type is 'b'.\t"
    "raw=event:a%0Aevent:b%0Adata:x%0A%0A\n"

    "event-then-empty\tThe last event field counts, even if it is empty. The type is 'message'.\t"
    "raw=event:a%0Aevent:%0Adata:x%0A%0A\n"

    "event-is-not-kept\tA type is valid for one event. The client dispatches type 'a', then type 'message'.\t"
    "raw=event:a%0Adata:1%0A%0Adata:2%0A%0A\n"

    "event-without-data\t"
    "The client drops an event without data, and its type. It dispatches only 'x', and the type is 'message'.\t"
    "raw=event:a%0A%0Adata:x%0A%0A\n"

    "event-spaces\tThe client removes one space and keeps the others. The type is ' a b '.\t"
    "raw=event:++a+b+%0Adata:x%0A%0A\n"

    "event-colon\tA colon may be part of the type. The type is 'a:b'.\t"
    "raw=event:a:b%0Adata:x%0A%0A\n"

    "event-upper-case\tTypes are case-sensitive. The type is 'Message', not 'message'.\t"
    "raw=event:Message%0Adata:x%0A%0A\n"

    "event-unicode\tA type may contain any characters. The type is U+00E4 U+1F600.\t"
    "raw=event:%C3%A4%F0%9F%98%80%0Adata:x%0A%0A\n"

    "event-nul\tA type may contain NUL. The type is 'a' NUL 'b'.\t"
    "raw=event:a%00b%0Adata:x%0A%0A\n"

    "event-error\tThe type 'error' is not a connection error. The client dispatches 'x' of type 'error', then 'end'.\t"
    "raw=event:error%0Adata:x%0A%0Adata:end%0A%0A\n"

    "event-open\tThe type 'open' is an ordinary type. The client dispatches 'x' of type 'open', then 'end'.\t"
    "raw=event:open%0Adata:x%0A%0Adata:end%0A%0A\n",
};
