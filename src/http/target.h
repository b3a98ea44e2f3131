/*
 * The request target and the Host field (RFC 9112, 3.2; RFC 3986, 3.2.2). Pure.
 */
#ifndef HTTP_TARGET_H
#define HTTP_TARGET_H

#include "http/refusal.h"

/*
 * Splits a target into *path, which is still percent-encoded, and *query. The target is in origin-form or
 * absolute-form; with OPTIONS it may also be "*". Returns 0, 400 or 414.
 */
int target_parse(struct span target, bool is_options, struct span *path, struct span *query, struct refusal *refusal);

/* The value of a Host field: uri-host [":" port], or empty. */
bool target_host_is_valid(struct span host);

/* Refuses a target of more than LIMIT_TARGET bytes. Returns 414. */
int target_refuse_length(struct refusal *refusal);

#endif
