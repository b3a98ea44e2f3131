/*
 * Why a request is not served: a status and one line for the client.
 *
 * Parsers return the status to send, 0 for "go on", and leave the line here; one place (serve/answer.c) sends it.
 */
#ifndef HTTP_REFUSAL_H
#define HTTP_REFUSAL_H

#include "base/limits.h"
#include "base/text.h"

struct refusal {
    struct text reason; /* printable ASCII, no end of line */
    char room[LIMIT_REASON];
};

/* Sets the reason. Returns `status`, so that a parser can end with it. */
int refuse(struct refusal *refusal, int status, const char *reason);

#endif
