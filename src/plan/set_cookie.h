/*
 * The cookies that a caller may set in the name of this host. Pure.
 *
 * A link can make any browser load such a response, and the browser then sends the cookie to every server on this host.
 * So a cookie must not reach other hosts and must be gone soon.
 */
#ifndef PLAN_SET_COOKIE_H
#define PLAN_SET_COOKIE_H

#include "base/span.h"

/* The encoded value of the parameter `header` sets a cookie: its name is Set-Cookie. */
bool set_cookie_is_header(struct span encoded);

/*
 * The value of a Set-Cookie field (RFC 6265, 5.2) has no Domain, and its lifetime ends within LIMIT_COOKIE_S: every
 * Max-Age is a whole number up to that, or negative. If it has no Max-Age, it needs an Expires in the form "Sun, 01 Jul
 * 2001 00:00:00 GMT", in 1970 to 2019. What a browser would ignore does not count as a lifetime.
 */
bool set_cookie_is_brief(struct span value);

#endif
