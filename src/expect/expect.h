/*
 * What a conforming client makes of a planned stream, as JSON. Pure.
 */
#ifndef EXPECT_EXPECT_H
#define EXPECT_EXPECT_H

#include "expect/interpret.h"
#include "stream/source.h"

/* Memory for interpreting, one event of LIMIT_EXPECT bytes at the most. */
struct expect_room {
    char event[LIMIT_EXPECT], data[LIMIT_EXPECT], id[LIMIT_EXPECT];
};

/* Takes the JSON, piece by piece. */
typedef void expect_put(void *context, struct span json);

/*
 * Why nothing can be told of the plan: its body has no end within LIMIT_EXPECT bytes and LIMIT_EXPECT_PIECES pieces.
 * NULL if it has one. `source` is opened for it, and used up.
 */
const char *expect_fault(struct source *source, int64_t realtime);

/*
 * Tells what a client dispatches that gets the plan's stream, as if it were sent at `realtime` (ns): events, the
 * reconnection time and the last event ID that it is left with, and what it has to discard. The source is used up.
 * For a plan in which expect_fault() finds none.
 */
void expect_tell(struct source *source, int64_t realtime, struct expect_room *room, expect_put *put, void *context);

#endif
