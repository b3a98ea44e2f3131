/*
 * Request methods (RFC 9110, 9). Pure.
 */
#ifndef HTTP_METHOD_H
#define HTTP_METHOD_H

#include "base/text.h"

/* One bit each, so that a set of methods is an unsigned. */
enum method {
    METHOD_GET = 1 << 0,
    METHOD_HEAD = 1 << 1,
    METHOD_POST = 1 << 2,
    METHOD_OPTIONS = 1 << 3,
    METHOD_DELETE = 1 << 4,
    METHOD_TRACE = 1 << 5, /* no path accepts it */
    METHOD_OTHER = 1 << 6,
};

/* Every method with a name that some path accepts. */
enum { METHOD_ANY = METHOD_GET | METHOD_HEAD | METHOD_POST | METHOD_OPTIONS | METHOD_DELETE };

/* The method of that name, which is case-sensitive. METHOD_OTHER if this program does not know it. */
enum method method_of(struct span name);

/* Appends the names of a set, in the order of enum method: "GET, HEAD". METHOD_OTHER has no name. */
void method_names(struct text *text, unsigned methods);

#endif
