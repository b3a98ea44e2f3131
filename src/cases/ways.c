/* One stream, sent in different ways. */
#include "cases/groups.h"

const char cases_of_ways[] = {
    "way-chunked\tThe body is chunked. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked\n"
    "way-close\tThe body ends when the connection closes. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=close\n"
    "way-length\tThe response has Content-Length. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=length\n"
    "way-chunk-1\t"
    "Each byte is one chunk, and one write sends them all. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&framing=chunked&chunk=1\n"
    "way-bytes\tEach byte is one write. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1\n"
    "way-slow-bytes\tOne byte comes every 5 ms. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=1&gap=5ms\n"
    "way-writes\tThe writes have 3, 1 and 7 bytes, in turn. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=3,1,7\n"
    "way-random\tThe writes have random sizes. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&split=random&seed=7\n"
    "way-pause\tThe body comes 100 ms after the head. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&pause=100ms\n"
    "way-delay\tThe head comes after 100 ms. The client dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&delay=100ms\n"
    "way-gzip\tThe body is coded as gzip. A client that decodes gzip dispatches 'a', then 'b' of type 't'.\t"
    "raw=id:1%0Adata:a%0A%0Aevent:t%0Adata:b%0A%0A&encoding=gzip\n",
};
