/*
 * Header fields (RFC 9112, 5): read from the head of a request, written to the head of a response. Pure.
 *
 * A head includes the request line and the empty line at the end. The spans returned here point into it. The functions
 * are safe on any bytes: a line without a colon is skipped.
 */
#ifndef HTTP_FIELDS_H
#define HTTP_FIELDS_H

#include "base/text.h"

/* The head without its request line, for fields_next(). */
struct span fields_begin(struct span head);

/*
 * Takes the next field off the front of *rest: the name as it was written, and the value without surrounding white
 * space. Returns false at the empty line and on every later call; *name and *value are undefined then.
 */
bool fields_next(struct span *rest, struct span *name, struct span *value);

/* The value of the first field of that name, in upper or lower case. at == NULL if there is none. */
struct span fields_find(struct span head, const char *name);

/* Whether two names are the same field: they may differ in upper and lower case. */
bool fields_is_same_name(struct span one, struct span other);

/* The byte is a tchar (RFC 9110, 5.6.2). Methods and field names are made of these. */
bool fields_is_tchar(char byte);

/* The span is a token: at least one byte, and all are tchars. */
bool fields_is_token(struct span span);

/* Appends one field line with its CR LF. The caller checked that the value has no control characters. */
void fields_write(struct text *text, const char *name, struct span value);

#endif
