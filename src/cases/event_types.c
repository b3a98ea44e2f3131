/* The type of an event. */
#include "cases/groups.h"

const char cases_of_event_types[] = {
    "event-type\t"
    "The event field is the type: 't'.\t"
    "raw=event:t%0Adata:x%0A%0A\n"

    "event-type-behind-data\t"
    "It may stand behind the data: the type is 't'.\t"
    "raw=data:x%0Aevent:t%0A%0A\n"

    "event-none\t"
    "Without one the type is 'message'.\t"
    "raw=data:x%0A%0A\n"

    "event-message\t"
    "'message' is a type like any other.\t"
    "raw=event:message%0Adata:x%0A%0A\n"

    "event-empty\t"
    "An empty one is as good as none: the type is 'message'.\t"
    "raw=event:%0Adata:x%0A%0A\n"

    "event-bare\t"
    "'event' without a colon is an empty one: the type is 'message'.\t"
    "raw=event%0Adata:x%0A%0A\n"

    "event-twice\t"
    "The last one counts: the type is 'b'.\t"
    "raw=event:a%0Aevent:b%0Adata:x%0A%0A\n"

    "event-then-empty\t"
    "The last one counts, even if it is empty: the type is 'message'.\t"
    "raw=event:a%0Aevent:%0Adata:x%0A%0A\n"

    "event-is-not-kept\t"
    "Each event begins without a type: 'a', then 'message'.\t"
    "raw=event:a%0Adata:1%0A%0Adata:2%0A%0A\n"

    "event-without-data\t"
    "Without data nothing is dispatched, and the type is forgotten: 'x' is a 'message'.\t"
    "raw=event:a%0A%0Adata:x%0A%0A\n"

    "event-spaces\t"
    "One space is taken off, the others stay: the type is ' a b '.\t"
    "raw=event:++a+b+%0Adata:x%0A%0A\n"

    "event-colon\t"
    "A colon is part of the type: 'a:b'.\t"
    "raw=event:a:b%0Adata:x%0A%0A\n"

    "event-upper-case\t"
    "'Message' is not 'message'.\t"
    "raw=event:Message%0Adata:x%0A%0A\n"

    "event-unicode\t"
    "A type may be of any characters: U+00E4 and U+1F600.\t"
    "raw=event:%C3%A4%F0%9F%98%80%0Adata:x%0A%0A\n"

    "event-nul\t"
    "NUL is part of the type.\t"
    "raw=event:a%00b%0Adata:x%0A%0A\n"

    "event-error\t"
    "An event of type 'error' is an event with data, and no failure: 'end' comes after it.\t"
    "raw=event:error%0Adata:x%0A%0Adata:end%0A%0A\n"

    "event-open\t"
    "An event of type 'open' is an event with data: 'end' comes after it.\t"
    "raw=event:open%0Adata:x%0A%0Adata:end%0A%0A\n",
};
