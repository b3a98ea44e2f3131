/*
 * Base64 (RFC 4648, 4). Pure.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/text.h"

/* Appends the bytes in base64, with padding: four bytes for each three, begun or whole. */
void base64_encode(struct text *text, struct span bytes);

#endif
