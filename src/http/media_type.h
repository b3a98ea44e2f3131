/*
 * Media types in Content-Type and Accept (RFC 9110, 8.3.1 and 12.5.1). Pure.
 */
#ifndef HTTP_MEDIA_TYPE_H
#define HTTP_MEDIA_TYPE_H

#include "base/span.h"

/* The media type of a Content-Type value, without its parameters, is `type`. Upper and lower case are the same. */
bool media_type_is(struct span content_type, const char *type);

/* It is JSON: application/json, or a type that ends in "+json" (RFC 6839, 3.1). */
bool media_type_is_json(struct span content_type);

/*
 * For each Content-Type field of a response, in their order: sets *is_it to whether a client would take `type` for the
 * media type. The last value that names a media type counts, even within one field (Fetch standard, 2.2.6). Without
 * such a value *is_it is unchanged.
 */
void media_type_take(struct span content_type, const char *type, bool *is_it);

/*
 * For each Content-Type field of a response, in their order: sets *is_it to whether a client would take `type` for the
 * media type. The last value that names a media type counts, even within one field (Fetch standard, 2.2.6). Without
 * such a value *is_it is unchanged.
 */
void media_type_take(struct span content_type, const char *type, bool *is_it);

/*
 * An Accept field of the request head names `type` in full, with a weight other than 0. Ranges such as "text/" and an
 * asterisk do not count: a client that accepts anything gets the default.
 */
bool media_type_is_accepted(struct span head, const char *type);

#endif
