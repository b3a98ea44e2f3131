/*
 * Encoding in base64 (RFC 4648, 4). Pure.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/text.h"

/* Appends `bytes` in base64, with padding: four characters for every three bytes or part of them. */
void base64_encode(struct text *text, struct span bytes);

#endif
