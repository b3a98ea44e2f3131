/*
 * Percent-encoding (RFC 3986, 2.1). Pure.
 */
#ifndef HTTP_PERCENT_H
#define HTTP_PERCENT_H

#include "base/text.h"

/* The byte that "%41" at `i` stands for. -1 if there is no "%" followed by two hexadecimal digits. */
int percent_byte_at(struct span encoded, size_t i);

/* Every "%" is followed by two hexadecimal digits. */
bool percent_is_valid(struct span encoded);

/* Appends the decoded bytes. A "+" is a plus here, unlike in a form. */
void percent_decode(struct text *text, struct span encoded);

/* The decoded bytes are `string`. A "+" is a plus here, unlike in a form. */
bool percent_decodes_to(struct span encoded, const char *string);

#endif
