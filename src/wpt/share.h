/* The CORS fields of the handlers that let other origins read their responses. Pure. */
#ifndef WPT_SHARE_H
#define WPT_SHARE_H

#include "wpt/call.h"

/*
 * Writes the two fields with these values, form-encoded and without a check: the tests need values that are no origins.
 * A NULL span means: omit the field. A preflight is answered so that it allows what it asks for.
 */
void share_fields(struct call *call, struct span origin, struct span credentials);

/* Allows the origin of the request, with credentials. Returns 0, or 431 if the origin is too long. */
int share_with_requester(struct call *call);

/*
 * The parameter `origin`, or else the field Origin, encoded into `text`, which has SHARE_ORIGIN_SIZE bytes. The span is
 * NULL if there is neither. Returns 0, 400 or 431.
 */
enum { SHARE_ORIGIN_SIZE = 3 * CALL_FIELD_MAX };
int share_take_origin(struct call *call, struct text *text, struct span *origin);

/* The parameter `credentials`. Default: "true". Returns 0 or 400. */
int share_take_credentials(struct call *call, struct span *credentials);

#endif
