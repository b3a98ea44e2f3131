/*
 * A stream: a plan delivered on time.
 */
#ifndef STREAM_STREAM_H
#define STREAM_STREAM_H

#include "http/response.h"
#include "scoreboard/scoreboard.h"
#include "stream/pace.h"
#include "stream/source.h"

struct stream {
    const struct plan *plan;
    struct scoreboard *scoreboard;
    int slot; /* on the scoreboard, or SLOT_NONE; given back at the end */
    struct source *source;
    struct pace *pace;
    enum framing framing;
    size_t gathered; /* in the output before the last piece */
    int64_t now;     /* realtime, ns: when the time was last looked at */
    uint64_t bytes;  /* of the body, sent so far */
    uint64_t events; /* or raw pieces, sent so far */
};

enum stream_end {
    STREAM_SERVED,  /* all that was planned was sent */
    STREAM_GONE,    /* the client went before the end */
    STREAM_STALLED, /* the client stopped reading */
    STREAM_STOPPED, /* we were told to stop; the body was ended properly */
};

/*
 * Sends the first piece at once, together with what is gathered in the output (the head), then one at each interval,
 * due at times that are fixed from the start. Returns how it ended.
 */
enum stream_end stream_deliver(struct stream *stream);

#endif
