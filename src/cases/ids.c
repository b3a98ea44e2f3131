/* The ID of an event, and the ID that a client reconnects with. */
#include "cases/groups.h"

const char cases_of_ids[] = {
    "id\tThe ID is '1'. The client reconnects with '1'.\t"
    "raw=id:1%0Adata:x%0A%0A\n"

    "id-behind-data\tThe id field may come after the data. The ID is '1'.\t"
    "raw=data:x%0Aid:1%0A%0A\n"

    "id-none\tWithout an id field, the ID is empty. The client reconnects without Last-Event-ID.\t"
    "raw=data:x%0A%0A\n"

    "id-kept\tAn event without an id field has the ID of the event before it. Both events have the ID '1'.\t"
    "raw=id:1%0Adata:a%0A%0Adata:b%0A%0A\n"

    "id-changed\tEach event may have its own ID. The first event has the ID '1', the second has '2'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%0Adata:b%0A%0A\n"

    "id-twice\tThe last id field counts. The ID is '2'.\t"
    "raw=id:1%0Aid:2%0Adata:x%0A%0A\n"

    "id-empty\tAn empty id field resets the ID. The first event has the ID '1', the second has none.\t"
    "raw=id:1%0Adata:a%0A%0Aid:%0Adata:b%0A%0A\n"

    "id-bare\t'id' without a colon is an empty id field. The first event has the ID '1', the second has none.\t"
    "raw=id:1%0Adata:a%0A%0Aid%0Adata:b%0A%0A\n"

    "id-nul\tThe client ignores an id field with NUL. Both events have the ID '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%00%0Adata:b%0A%0A\n"

    "id-nul-alone\tThe client ignores an ID of one NUL. It does not treat it as empty. Both events have the ID '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:%00%0Adata:b%0A%0A\n"

    "id-then-nul\tThe client ignores an id field with NUL and keeps the earlier one. The ID is '1'.\t"
    "raw=id:1%0Aid:%002%0Adata:x%0A%0A\n"

    "id-without-data\tThe client dispatches nothing, but it reconnects with '5'.\t"
    "raw=id:5%0A%0A\n"

    "id-without-data-kept\tThe client keeps the ID of an event without data for the next event. The ID is '5'.\t"
    "raw=id:5%0A%0Adata:x%0A%0A\n"

    "id-taken-away-without-data\t"
    "An empty id field counts without data, too. The first event has the ID '1', the second has none.\t"
    "raw=id:1%0Adata:a%0A%0Aid%0A%0Adata:b%0A%0A\n"

    "id-unfinished\tAn incomplete event does not change the ID. The client reconnects with '1'.\t"
    "raw=id:1%0Adata:a%0A%0Aid:2%0Adata:b%0A\n"

    "id-zero\tThe ID '0' is not an empty ID. The ID is '0'.\t"
    "raw=id:0%0Adata:x%0A%0A\n"

    "id-spaces\tThe client removes one space and keeps the others. The ID is ' a b '.\t"
    "raw=id:++a+b+%0Adata:x%0A%0A\n"

    "id-signs\tThe client keeps punctuation. The ID is 'a,b;c=\"d\"'.\t"
    "raw=id:a,b;c%3D%22d%22%0Adata:x%0A%0A\n"

    "id-unicode\tThe ID is U+20AC. The client reconnects with its three UTF-8 bytes in Last-Event-ID.\t"
    "raw=id:%E2%82%AC%0Adata:x%0A%0A\n",
};
