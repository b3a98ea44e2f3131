/* The CORS fields of the handlers that let other origins read their responses. Pure. */
#ifndef WPT_SHARE_H
#define WPT_SHARE_H

#include "wpt/call.h"

struct sharing {
    char room[3 * CALL_FIELD_MAX]; /* an encoded origin */
    struct span origin;            /* the parameter `origin`, or else the field Origin; NULL if there is neither */
    struct span credentials;       /* the parameter `credentials`, or "true" */
};

/*
 * Writes the two fields with these values, form-encoded and without a check: the tests need values that are no origins.
 * A NULL span means: omit the field. A preflight is answered so that it allows what it asks for.
 */
void share_fields(struct call *call, struct span origin, struct span credentials);

/* Allows the origin of the request, with credentials. Returns 0, or 431 if the origin is too long. */
int share_with_requester(struct call *call);

/* Reads both values from the call. Returns 0, or 400 or 431 with the reason. */
int share_take(struct call *call, struct sharing *sharing);

#endif
