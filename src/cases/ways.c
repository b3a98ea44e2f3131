/* How a stream may travel. It is the same stream each time. */
#include "cases/groups.h"

const char cases_of_ways[] = {
    "way-chunked\t"
    "Two events, 'a', then 'b' of type 't': in chunks.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked\n"

    "way-close\t"
    "Two events, 'a', then 'b' of type 't': the end of the connection ends it.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=close\n"

    "way-length\t"
    "Two events, 'a', then 'b' of type 't': with Content-Length.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=length\n"

    "way-chunk-1\t"
    "Two events, 'a', then 'b' of type 't': a chunk for each byte, all in one write.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked&chunk=1\n"

    "way-bytes\t"
    "Two events, 'a', then 'b' of type 't': a write for each byte.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1\n"

    "way-slow-bytes\t"
    "Two events, 'a', then 'b' of type 't': a byte every 5 ms.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1&gap=5ms\n"

    "way-writes\t"
    "Two events, 'a', then 'b' of type 't': writes of 3, 1 and 7 bytes.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=3,1,7\n"

    "way-random\t"
    "Two events, 'a', then 'b' of type 't': writes of random sizes.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=random&seed=7\n"

    "way-pause\t"
    "Two events, 'a', then 'b' of type 't': 100 ms after the head.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&pause=100ms\n"

    "way-delay\t"
    "Two events, 'a', then 'b' of type 't': 100 ms before the head.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&delay=100ms\n"

    "way-gzip\t"
    "Two events, 'a', then 'b' of type 't': coded as gzip, for clients that read it.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&encoding=gzip\n",
};
