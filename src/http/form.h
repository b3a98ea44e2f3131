/*
 * application/x-www-form-urlencoded (URL standard, 5.1) and percent-encoding (RFC 3986, 2.1). Pure.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/text.h"

/*
 * Takes the next name and value, both still encoded, off the front of *rest. False at the end. Empty pairs ("a=1&&b=2")
 * are passed over; a name without "=" has an empty value.
 */
bool form_next(struct span *rest, struct span *name, struct span *value);

/* Appends the decoded bytes: "+" is a space, "%2B" a plus. A "%" that is not followed by two digits stands for itself.
 */
void form_decode(struct text *text, struct span encoded);

/*
 * Appends the bytes so that form_decode() makes the same of them again, and no "&" or "=" stands among them: the
 * serializer of URL standard, 5.2.
 */
void form_encode(struct text *text, struct span bytes);

/* Every "%" is followed by two hexadecimal digits. */
bool percent_valid(struct span encoded);

/* The encoded path is `path` once decoded; "+" stands for itself here. */
bool percent_decodes_to(struct span encoded, const char *path);

/* The media type of a Content-Type field, without its parameters, is `type` (RFC 9110, 8.3.1). */
bool media_type_is(struct span content_type, const char *type);

#endif
