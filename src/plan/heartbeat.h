/*
 * Whether comments may be sent between the raw pieces, or the events of a body. Pure.
 */
#ifndef PLAN_HEARTBEAT_H
#define PLAN_HEARTBEAT_H

#include "plan/plan.h"

enum heartbeat_fault {
    HEARTBEAT_FITS,     /* no comment changes the stream */
    HEARTBEAT_IN_LINE,  /* the piece does not end with a line end */
    HEARTBEAT_IN_CR_LF, /* the piece ends with CR, and the bytes after it begin with LF */
};

/*
 * Finds the first piece that is followed by a wait, and after which a comment would change the meaning of the stream.
 * Sets *piece to its number, from 1. Only for a plan without messages.
 */
enum heartbeat_fault heartbeat_check(const struct plan *plan, uint64_t *piece);

#endif
