/*
 * Which attempt of its client a request is: the first, or a reconnection. Pure.
 */
#ifndef PLAN_ATTEMPT_H
#define PLAN_ATTEMPT_H

#include "plan/plan.h"

/* The words of the parameter `by`, in their order. */
enum by {
    BY_ID,
    BY_COOKIE,
    BY_KEY,
};

/*
 * The number of the attempt, 1 to 2^63. The parameter `attempt` overrides the rest. By ID: 1 without one, N+1 after
 * "message-N" or "N", 2 after any other ID. By cookie: one more than its value, 1 without it. By key: 1, because only
 * the shared file knows.
 */
uint64_t plan_attempt_of(const struct plan *plan, const struct request *request);

/* Room for the name of the cookie and a NUL. */
enum { PLAN_ATTEMPT_COOKIE_ROOM = 32 };

/*
 * Appends the name of the cookie that counts the attempts at this target, or at this experiment: "attempt-" and eight
 * digits.
 */
void plan_attempt_cookie_name(struct text *text, const struct request *request);

#endif
