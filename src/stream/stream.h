/*
 * Delivers a plan to a client on time.
 */
#ifndef STREAM_STREAM_H
#define STREAM_STREAM_H

#include "http/response.h"
#include "stream/pace.h"
#include "stream/source.h"

struct stream {
    const struct plan *plan;
    struct source *source;
    struct pace *pace;
    enum framing framing;
    char *held;      /* room for LIMIT_BUFFER bytes that `buffer` holds back */
    size_t gathered; /* bytes in the writer before the last piece */
    int64_t now;     /* realtime, ns: the last reading of the clock */
    uint64_t bytes;  /* result: bytes of the body, before any coding */
    uint64_t events; /* result: events or raw pieces */
};

enum stream_end {
    STREAM_SERVED,  /* everything was sent */
    STREAM_GONE,    /* the client closed early */
    STREAM_STALLED, /* the client stopped reading */
    STREAM_STOPPED, /* the server must stop; the body was ended properly */
};

/*
 * Sends the first piece at once, in one write with the head if that is still in the writer. Sends one more piece after
 * each interval. The deadlines count from the first piece, so delays do not add up. Returns why the stream ended.
 */
enum stream_end stream_deliver(struct stream *stream);

#endif
