/* Long lines, around the sizes that buffers have. */
#include "cases/groups.h"

const char cases_of_sizes[] = {
    "size-data-4095\t"
    "Data of 4,095 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4095\n"

    "size-data-4096\t"
    "Data of 4,096 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4096\n"

    "size-data-4097\t"
    "Data of 4,097 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4097\n"

    "size-data-65535\t"
    "Data of 65,535 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65535\n"

    "size-data-65536\t"
    "Data of 65,536 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65536\n"

    "size-data-65537\t"
    "Data of 65,537 bytes in one line; then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=65537\n"

    "size-data-1m\t"
    "Data of 1,048,569 bytes: a body of 1 MiB.\t"
    "raw=data:&raw=%0A%0A&fill=1048569\n"

    "size-comment\t"
    "A comment of 65,536 bytes; then 'end'.\t"
    "raw=:&raw=%0Adata:end%0A%0A&fill=65535\n"

    "size-name\t"
    "An unknown name of 65,536 bytes; then 'end'.\t"
    "raw=&raw=%0Adata:end%0A%0A&fill=65536\n"

    "size-type\t"
    "A type of 4,096 bytes.\t"
    "raw=event:&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-id\t"
    "An ID of 4,096 bytes, which the client comes back with.\t"
    "raw=id:&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-retry\t"
    "x 4,096 times behind a number: no number, ignored.\t"
    "raw=retry:60000&raw=%0Adata:x%0A%0A&fill=4096\n"

    "size-small-writes\t"
    "Data of 4,096 bytes, seven a write: one event, then 'end'.\t"
    "raw=data:&raw=%0A%0Adata:end%0A%0A&fill=4096&split=7\n"

    "size-crlf-at-4096\t"
    "The CR is byte 4,096 of the stream, its LF the next: one event of two lines.\t"
    "raw=data:&raw=%0D%0Adata:y%0D%0A%0D%0A&fill=4090\n"

    "size-crlf-at-65536\t"
    "The CR is byte 65,536 of the stream, its LF the next: one event of two lines.\t"
    "raw=data:&raw=%0D%0Adata:y%0D%0A%0D%0A&fill=65530\n"

    "size-character-at-4096\t"
    "U+1F600 has two bytes on either side of 4,096, and stays whole.\t"
    "raw=data:&raw=%F0%9F%98%80%0A%0A&fill=4089\n"

    "size-thousand-events\t"
    "A thousand events 'x'.\t"
    "raw=data:x%0A%0A&loop=1000\n",
};
