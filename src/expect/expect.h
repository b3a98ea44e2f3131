/*
 * What a conforming client dispatches for a planned stream, as JSON. Pure.
 */
#ifndef EXPECT_EXPECT_H
#define EXPECT_EXPECT_H

#include "expect/interpret.h"
#include "http/refusal.h"
#include "stream/source.h"

/* Memory for interpreting a stream. Each event may have LIMIT_EXPECT bytes, and the first one a retry line too. */
struct expect_room {
    char event[LIMIT_EXPECT + LIMIT_EVENT];
    char data[LIMIT_EXPECT], id[LIMIT_EXPECT];
};

/* Receives the next piece of the JSON. The span is valid only during the call. */
typedef void expect_sink(void *context, struct span json);

/*
 * Checks that the plan's body ends within LIMIT_EXPECT bytes and LIMIT_EXPECT_PIECES pieces. The retry line before raw
 * pieces does not count. Returns 0, or 400 with the reason. `source` must be just opened, and is used up.
 */
int expect_check(struct source *source, int64_t realtime, struct refusal *refusal);

/*
 * Writes the JSON for the stream as if it were sent at `realtime` (ns): the events; the client's reconnection time, its
 * last event ID and the bytes that it discards at the end; whether it reconnects and with which Last-Event-ID; and what
 * clients disagree on. Only for a plan that expect_check() accepts. `source` must be just opened, and is used up.
 */
void expect_write(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink, void *context);

/* The same, without the braces of the object and the line end. */
void expect_members(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink,
                    void *context);

#endif
