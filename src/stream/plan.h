/*
 * The plan: all that a stream will do, decided before its first byte. Pure: a request in, a plan or a refusal out.
 */
#ifndef STREAM_PLAN_H
#define STREAM_PLAN_H

#include "http/request.h"

struct plan {
    uint64_t first; /* number of the first message, 1 to 2^63 - 1 */
    uint64_t count; /* messages to send; UINT64_MAX: all there are */
    bool counted;   /* `count` was asked for, and is told in X-Expected-Events */
};

/*
 * Reads the parameters of the request's query and of `form`, a form body (empty if there is none). Returns 0, or 400
 * with what was wrong and what is accepted.
 */
int plan_make(const struct request *request, struct span form, struct plan *plan, struct refusal *refusal);

/* The number of the message behind the plan's last; 2^63 if the plan has no end. */
uint64_t plan_end(const struct plan *plan);

#endif
