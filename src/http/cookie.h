/*
 * The cookies of a request (RFC 6265, 4.2.1). Pure.
 */
#ifndef HTTP_COOKIE_H
#define HTTP_COOKIE_H

#include "base/span.h"

/*
 * Takes the next cookie off the front of *rest, which is the value of a Cookie field at first. Returns false at the
 * end. Skips a part without "=", because it may be the value of a cookie without a name.
 */
bool cookie_next(struct span *rest, struct span *name, struct span *value);

/*
 * The value of the first cookie of that name in all Cookie fields of the head; at == NULL if there is none. Quotes
 * around a value are part of it. Cookies are separated by ";" with optional white space. A part without "=" is skipped.
 */
struct span cookie_find(struct span head, const char *name);

#endif
