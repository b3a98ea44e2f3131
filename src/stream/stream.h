/*
 * A stream: a plan delivered on time.
 */
#ifndef STREAM_STREAM_H
#define STREAM_STREAM_H

#include "base/out.h"
#include "board/board.h"
#include "stream/plan.h"

struct stream {
    const struct plan *plan;
    struct out *out;
    struct board *board;
    int seat; /* on the board, or SEAT_NONE; given back at the end */
    const char *peer;
    bool chunked; /* each event is one chunk, and a last chunk ends the body */
};

enum stream_end {
    STREAM_SERVED,  /* all that was planned was sent */
    STREAM_GONE,    /* the client went before the end */
    STREAM_STALLED, /* the client stopped reading */
    STREAM_STOPPED, /* we were told to stop; the body was ended properly */
};

/*
 * Sends hello at once, together with what is gathered in `out` (the head), then a message every second, each due at a
 * time that is fixed from the start. Returns how it ended.
 */
enum stream_end stream_deliver(struct stream *stream);

#endif
