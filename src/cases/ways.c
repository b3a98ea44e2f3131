/* One stream, sent in different ways. */
#include "cases/groups.h"

const char cases_of_ways[] = {
    "way-chunked\t"
    "The body is chunked. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked\n"

    "way-close\t"
    "The body ends when the connection closes. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=close\n"

    "way-length\t"
    "The response has Content-Length. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=length\n"

    "way-chunk-1\t"
    "Each byte is one chunk, and one write sends them all. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked&chunk=1\n"

    "way-bytes\t"
    "Each byte is one write. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1\n"

    "way-slow-bytes\t"
    "One byte comes every 5 ms. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1&gap=5ms\n"

    "way-writes\t"
    "The writes have 3, 1 and 7 bytes, in turn. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=3,1,7\n"

    "way-random\t"
    "The writes have random sizes. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=random&seed=7\n"

    "way-pause\t"
    "The body comes 100 ms after the head. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&pause=100ms\n"

    "way-delay\t"
    "The head comes after 100 ms. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&delay=100ms\n"

    "way-gzip\t"
    "The body is coded as gzip. A client that decodes gzip dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&encoding=gzip\n",
};
