/*
 * What a conforming client makes of an event stream (HTML standard, 9.2.5 and 9.2.6). Pure: bytes in, events out.
 *
 * Lines are looked for in the bytes, and what comes out are bytes too, not yet decoded as UTF-8. That is the same,
 * since the decoder leaves every ASCII byte as it is, whatever stands before it: decode each span by itself, as
 * json_string() does.
 */
#ifndef EXPECT_INTERPRET_H
#define EXPECT_INTERPRET_H

#include "base/text.h"

/* An event as it is dispatched. The spans hold during the call alone. */
struct event {
    struct span type; /* "message" where the stream named none, or an empty one */
    struct span data;
    struct span last_event_id;
};

typedef void interpret_dispatch(void *context, const struct event *event);

struct interpreter {
    /* The outcome, once interpret_end() was called. */
    bool overflow;              /* something did not fit: what was dispatched is right, the outcome is not */
    bool has_reconnection_time; /* the stream gave one */
    uint64_t reconnection_time; /* the last one given, milliseconds; UINT64_MAX stands for all that is greater */
    struct text last_event_id;  /* the last event ID string of the event source: of the last blank line */
    struct span discarded;      /* the event that the end of the stream cut off: all bytes behind the last blank line */

    /* Between two calls. */
    struct text event;    /* the bytes since the last blank line, of which the line being read is the end */
    struct text data;     /* the data buffer */
    struct span type;     /* the event type buffer, in `event` */
    struct span id;       /* the last event ID buffer, in `event`, if this event has set it */
    bool has_id;          /* it has */
    size_t line;          /* where in `event` the line begins */
    bool carriage;        /* the line before ended in CR, to which LF may belong */
    bool past_first_line; /* no byte order mark is to be expected any more */
    interpret_dispatch *dispatch;
    void *context;
};

/*
 * Begins a stream; `dispatch` is called with `context` for each of its events. The caller owns the rooms, and leaves
 * them alone while the outcome is used. An event overflows if `event` has no room for its bytes, comments and line
 * ends included and three more for a byte order mark, or if `last_event_id` has none for its ID. What fits `event`
 * fits two others of the same size.
 */
void interpret_open(struct interpreter *interpreter, struct text event, struct text data, struct text last_event_id,
                    interpret_dispatch *dispatch, void *context);

/* The next bytes of the stream, cut anywhere. After an overflow they are not looked at. */
void interpret_bytes(struct interpreter *interpreter, struct span bytes);

/*
 * The end of the stream: dispatches nothing, sets the outcome. A line that has no end is part of what is discarded; of
 * the whole lines there, a retry field has had its effect, and an ID has not.
 */
void interpret_end(struct interpreter *interpreter);

#endif
