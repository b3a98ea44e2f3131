/*
 * application/x-www-form-urlencoded (URL standard, 5). Pure.
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include "base/text.h"

/*
 * Takes the next name and value, both still encoded, off the front of *rest. False at the end. Skips empty pairs
 * ("a=1&&b=2"). A name without "=" has an empty value.
 */
bool form_next(struct span *rest, struct span *name, struct span *value);

/* Takes one decoded byte off the front of *encoded, which must not be empty. */
unsigned char form_next_byte(struct span *encoded);

/* Appends the decoded bytes: "+" is a space, "%2B" a plus. A "%" that is not followed by two digits stands for itself.
 */
void form_decode(struct text *text, struct span encoded);

/* Appends the encoded bytes, as the serializer of URL standard, 5.2 does. form_decode() turns them back. */
void form_encode(struct text *text, struct span bytes);

#endif
