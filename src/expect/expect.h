/*
 * What a conforming client makes of a planned stream, as JSON. Pure.
 */
#ifndef EXPECT_EXPECT_H
#define EXPECT_EXPECT_H

#include "expect/interpret.h"
#include "http/refusal.h"
#include "stream/source.h"

/* Memory for interpreting, one event of LIMIT_EXPECT bytes at the most. */
struct expect_room {
    char event[LIMIT_EXPECT], data[LIMIT_EXPECT], id[LIMIT_EXPECT];
};

/* Takes the JSON, piece by piece. */
typedef void expect_sink(void *context, struct span json);

/*
 * Checks that the plan's body ends within LIMIT_EXPECT bytes and LIMIT_EXPECT_PIECES pieces. Returns 0, or 400 with the
 * reason. `source` must be just opened, and is used up.
 */
int expect_check(struct source *source, int64_t realtime, struct refusal *refusal);

/*
 * Tells what a client dispatches that gets the plan's stream, as if it were sent at `realtime` (ns): events, the
 * reconnection time and the last event ID that it is left with, and what it has to discard. The source is used up.
 * Only for a plan that expect_check() accepts.
 */
void expect_write(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink, void *context);

#endif
