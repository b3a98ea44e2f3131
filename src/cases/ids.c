/* The ID of an event, and the one that a client comes back with. */
#include "cases/groups.h"

const char cases_of_ids[] = {
    "id\t"
    "The event has the ID '1', and the client comes back with it.\t"
    "raw=id:1%0Adata:x%0A%0A\n"

    "id-behind-data\t"
    "It may stand behind the data: the ID is '1'.\t"
    "raw=data:x%0Aid:1%0A%0A\n"

    "id-none\t"
    "Without one the ID is empty, and the client comes back without the field.\t"
    "raw=data:x%0A%0A\n"

    "id-kept\t"
    "An event without an ID has that of the one before: '1' and '1'.\t"
    "raw=id:1%0Adata:a%0A%0Adata:b%0A%0A\n"

    "id-changed\t"
    "Each event may have another: '1', then '2'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%0Adata:b%0A%0A\n"

    "id-twice\t"
    "The last one counts: '2'.\t"
    "raw=id:1%0Aid:2%0Adata:x%0A%0A\n"

    "id-empty\t"
    "An empty one takes the ID away: '1', then none.\t"
    "raw=id:1%0Adata:a%0A%0Aid:%0Adata:b%0A%0A\n"

    "id-bare\t"
    "'id' without a colon is an empty one: '1', then none.\t"
    "raw=id:1%0Adata:a%0A%0Aid%0Adata:b%0A%0A\n"

    "id-nul\t"
    "One with NUL is ignored: both events have '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%00%0Adata:b%0A%0A\n"

    "id-nul-alone\t"
    "One that is NUL is ignored, and is not empty: both events have '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:%00%0Adata:b%0A%0A\n"

    "id-then-nul\t"
    "One with NUL does not undo the one before it: '1'.\t"
    "raw=id:1%0Aid:%002%0Adata:x%0A%0A\n"

    "id-without-data\t"
    "Nothing is dispatched, but the client comes back with '5'.\t"
    "raw=id:5%0A%0A\n"

    "id-without-data-kept\t"
    "The ID of an event without data is kept for the next: '5'.\t"
    "raw=id:5%0A%0Adata:x%0A%0A\n"

    "id-taken-away-without-data\t"
    "An empty ID counts without data, too: '1', then none.\t"
    "raw=id:1%0Adata:a%0A%0Aid%0A%0Adata:b%0A%0A\n"

    "id-unfinished\t"
    "The ID of an event that is cut off is not taken: the client comes back with '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%0Adata:b%0A\n"

    "id-zero\t"
    "'0' is an ID, and not an empty one.\t"
    "raw=id:0%0Adata:x%0A%0A\n"

    "id-spaces\t"
    "One space is taken off, the others stay: the ID is ' a b '.\t"
    "raw=id:++a+b+%0Adata:x%0A%0A\n"

    "id-signs\t"
    "The ID is 'a,b;c=\"d\"', as it stands.\t"
    "raw=id:a,b;c%3D%22d%22%0Adata:x%0A%0A\n"

    "id-unicode\t"
    "The ID is U+20AC, and its three bytes come back in Last-Event-ID.\t"
    "raw=id:%E2%82%AC%0Adata:x%0A%0A\n",
};
