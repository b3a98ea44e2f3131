/* Long lines, around common buffer sizes. */
#include "cases/groups.h"

const char cases_of_sizes[] = {
    "size-data-4095\tThe client dispatches 4,095 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4095\n"

    "size-data-4096\tThe client dispatches 4,096 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4096\n"

    "size-data-4097\tThe client dispatches 4,097 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4097\n"

    "size-data-65535\tThe client dispatches 65,535 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65535\n"

    "size-data-65536\tThe client dispatches 65,536 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65536\n"

    "size-data-65537\tThe client dispatches 65,537 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65537\n"

    "size-data-1m\tThe body has 1 MiB. The client dispatches 1,048,569 bytes of data.\t"
    "raw=data:&raw=%0A%0A&fill=1048569\n"

    "size-comment\tThe client ignores a comment of 65,536 bytes. It dispatches only 'end'.\t"
    "raw=:&raw=%0Adata:end%0A%0A&fill=65535\n"

    "size-name\tThe client ignores a field whose name has 65,536 bytes. It dispatches only 'end'.\t"
    "raw=&raw=%0Adata:end%0A%0A&fill=65536\n"

    "size-type\tThe client dispatches an event whose type has 4,096 bytes.\t"
    "raw=event:&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-id\tThe ID has 4,096 bytes. The client reconnects with it.\t"
    "raw=id:&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-retry\tThe value is a number and 4,096 letters. The client ignores the field.\t"
    "raw=retry:60000&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-small-writes\tEach write has seven bytes. The client dispatches 4,096 bytes of data, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4096&split=7\n"

    "size-crlf-at-4096\t"
    "CR is byte 4,096 of the body, and LF is the next byte. The client dispatches one event of two lines.\t"
    "raw=data:&raw=%0D%0Adata:y%0D%0A%0D%0A&fill=4090\n"

    "size-crlf-at-65536\t"
    "CR is byte 65,536 of the body, and LF is the next byte. The client dispatches one event of two lines.\t"
    "raw=data:&raw=%0D%0Adata:y%0D%0A%0D%0A&fill=65530\n"

    "size-character-at-4096\tU+1F600 is bytes 4,095 to 4,098 of the body. The client keeps the character whole.\t"
    "raw=data:&raw=%F0%9F%98%80%0A%0A&fill=4089\n"

    "size-thousand-events\tThe client dispatches a thousand events with the data 'x'.\t"
    "raw=data:x%0A%0A&loop=1000\n",
};
