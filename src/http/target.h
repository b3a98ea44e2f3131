/*
 * The request target and the Host field (RFC 9112, 3.2; RFC 3986, 3.2.2). Pure.
 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "http/request.h"

/*
 * Sets the request's path and query from its target, which is in origin-form, absolute-form or, for OPTIONS, "*".
 * Returns 0, 400 or 414.
 */
int target_parse(struct request *request, struct refusal *refusal);

/* uri-host [":" port], or nothing. */
bool target_host_is_valid(struct span host);

/* Refuses a target of more than LIMIT_TARGET bytes. Returns 414. */
int target_refuse_length(struct refusal *refusal);

#endif
