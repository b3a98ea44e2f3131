/*
 * Strings of JSON (RFC 8259, 7) from any bytes. Pure.
 *
 * Bytes are decoded by the UTF-8 decoder of the Encoding standard (8.1.1). Each incomplete character becomes one
 * U+FFFD, and so does each byte that cannot begin one. A byte order mark is a character like any other. Quotation
 * marks, backslashes and control characters below U+0020 are escaped, nothing else.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/text.h"

/*
 * Appends whole characters, without quotation marks, until the next does not fit. Never sets `truncated`. Returns how
 * many of the bytes it took. The caller can empty the text and call again with the rest: JSON_CHARACTER bytes of room
 * are enough for one character.
 */
enum { JSON_CHARACTER = 6 };
size_t json_piece(struct text *text, struct span bytes);

/* Appends the bytes as a string with its quotation marks. Sets `truncated` if they do not fit. */
void json_string(struct text *text, struct span bytes);

#endif
