/*
 * Which attempt of its client a request is: the first, or one that comes again. Pure.
 */
#ifndef STREAM_ATTEMPT_H
#define STREAM_ATTEMPT_H

#include "stream/plan.h"

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
uint64_t attempt_of(const struct plan *plan, const struct request *request);

/* The name of the cookie that counts the attempts at this target: "attempt-" and eight digits. */
void attempt_cookie_name(struct text *text, const struct request *request);
enum { ATTEMPT_COOKIE_ROOM = 32 };

#endif
