/*
 * Why a request is refused: one line for the client.
 *
 * Parsers return a status code, 0 for success, and leave the reason here. serve/reply.c sends both.
 */
#ifndef HTTP_REFUSAL_H
#define HTTP_REFUSAL_H

#include "base/limits.h"
#include "base/text.h"

struct refusal {
    struct text reason; /* printable ASCII without a line end; a caller may append to it */
    char *room; /* the caller's, LIMIT_REASON bytes, so that only a refused request touches it; NULL: no reason */
};

/* Sets the reason. Returns `status`, so that a parser can end with it. */
int refuse(struct refusal *refusal, int status, const char *reason);

#endif
