/*
 * The fields of a request head, one after the other (RFC 9112, 5). Pure.
 *
 * A head is all of it, request line and empty line included, as request_parse() took it and found it good; of any other
 * bytes the lines that have a colon are its fields. What is returned points into the head.
 */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H

#include "base/span.h"

/* What stands behind the request line, for fields_next(). */
struct span fields_begin(struct span head);

/*
 * Takes the next field off the front of *rest: its name as it was written, its value without the white space around
 * it. False at the empty line and for good from then on; *name and *value mean nothing then.
 */
bool fields_next(struct span *rest, struct span *name, struct span *value);

/* The value of the first field of that name, in whatever case; its address is null if there is none. */
struct span fields_find(struct span head, const char *name);

#endif
