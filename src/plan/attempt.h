/*
 * Which attempt of its client a request is: the first, or one that comes again. Pure.
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
 * What the parameter `attempt` says. Else, by id: 1 without one, N+1 after "message-N" or "N", 2 after any other. By
 * cookie: one more than the cookie says, 1 without it. By key: 1, since only the shared file knows. Never more than
 * 2^63.
 */
uint64_t plan_attempt_of(const struct plan *plan, const struct request *request);

/* The name of the cookie that counts the attempts at this target: "attempt-" and eight digits. */
void plan_attempt_cookie_name(struct text *text, const struct request *request);
enum { PLAN_ATTEMPT_COOKIE_ROOM = 32 };

#endif
