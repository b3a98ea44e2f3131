/*
 * Interprets an event stream as a conforming client does (HTML standard, 9.2.5 and 9.2.6). Pure: bytes in, events out.
 *
 * The events are bytes, not yet decoded as UTF-8. To decode each span by itself, as json_string() does, gives the same
 * text, because the decoder never changes an ASCII byte.
 */
#ifndef EXPECT_INTERPRET_H
#define EXPECT_INTERPRET_H

#include "base/text.h"

/* A dispatched event. The spans are valid only during the call. */
struct event {
    struct span type; /* "message" if the stream gives none or an empty one */
    struct span data;
    struct span last_event_id;
};

typedef void interpret_dispatch(void *context, const struct event *event);

/* What a stream has that clients treat differently, a bit for each. */
enum interpret_trait {
    INTERPRET_BLANK = 1 << 0,      /* a blank line: it sets the event source's last event ID string */
    INTERPRET_LATE_ID = 1 << 1,    /* a blank line before the first id field */
    INTERPRET_BOM = 1 << 2,        /* a line begins with a byte-order mark that is not removed */
    INTERPRET_NUL = 1 << 3,        /* an id field has a NUL */
    INTERPRET_NO_DATA = 1 << 4,    /* an event has an ID and no data */
    INTERPRET_CARRIAGE = 1 << 5,   /* the stream ends in CR */
    INTERPRET_UNFINISHED = 1 << 6, /* what is discarded has data */
};

struct interpreter {
    /* The result, after interpret_end(). */
    bool overflow;              /* something did not fit: the dispatched events are right, the other results are not */
    bool has_reconnection_time; /* the stream gave one */
    uint64_t reconnection_time; /* the last one given, ms; UINT64_MAX if it is greater */
    struct text last_event_id;  /* the event source's last event ID string, as of the last blank line */
    struct span discarded;      /* the bytes after the last blank line: an event that the stream does not end */
    unsigned traits;            /* enum interpret_trait */

    /* State between calls. */
    struct text event;    /* the bytes since the last blank line, the current line included */
    struct text data;     /* the data buffer */
    struct span type;     /* the event type buffer, in `event` */
    struct span id;       /* the last event ID buffer, in `event`; only with `has_id` */
    bool has_id;          /* this event has set the last event ID buffer */
    size_t line;          /* where the current line begins in `event` */
    bool carriage;        /* the line before ended in CR; an LF may follow */
    bool past_first_line; /* no byte order mark can follow */
    bool past_first_id;   /* an earlier event has set the last event ID */
    interpret_dispatch *dispatch;
    void *context;
};

/*
 * Begins a stream. Calls `dispatch` with `context` for each event. The caller owns the memory of the three texts, and
 * must keep it while it uses the result. There is an overflow if
 *   - an event with its comments and line ends, plus three bytes for a byte order mark, does not fit in `event`, or
 *   - its ID does not fit in `last_event_id`, or its data and one LF in `data`.
 * What fits in `event` also fits in the other two if they have the same size.
 */
void interpret_open(struct interpreter *interpreter, struct text event, struct text data, struct text last_event_id,
                    interpret_dispatch *dispatch, void *context);

/* Interprets the next bytes of the stream, which may be cut anywhere. Ignores them after an overflow. */
void interpret_bytes(struct interpreter *interpreter, struct span bytes);

/*
 * Ends the stream and sets the result. Dispatches nothing. A client discards the lines after the last blank line: an ID
 * in them has no effect, but a retry field in a whole line has.
 */
void interpret_end(struct interpreter *interpreter);

#endif
