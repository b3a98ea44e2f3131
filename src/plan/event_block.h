/*
 * The pieces of a text/event-stream body: one for each event. Pure.
 */
#ifndef PLAN_EVENT_BLOCK_H
#define PLAN_EVENT_BLOCK_H

#include "base/span.h"

/*
 * Takes the next piece off the front of *rest: the lines up to and including the blank line that ends them, and the
 * blank lines right before and after them. A line ends in LF, CR or CR LF. What follows the last blank line is the last
 * piece. All pieces together are the body, and only one of an empty body is empty.
 */
struct span event_block_next(struct span *rest);

#endif
