/*
 * The cookies of a request (RFC 6265, 4.2.1). Pure.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/span.h"

/*
 * The value of the first cookie of that name, byte for byte, in all Cookie fields of the head that request_parse()
 * took; its address is null if there is none. Quotes around a value are part of it. Pairs may be separated by any
 * mixture of semicolons and white space that has a semicolon; what has no "=" is no cookie.
 */
struct span cookie_find(struct span head, const char *name);

#endif
