/*
 * Strings of JSON (RFC 8259, 7) out of bytes that may be anything. Pure.
 *
 * The bytes are read as the Encoding standard's UTF-8 decoder reads them (its section 8.1.1): what is no character
 * becomes U+FFFD, one for each run of bytes that could have begun a character and did not go on as one, and one for
 * each byte that could not. A byte order mark is a character like any other. Quotation marks, backslashes and the
 * control characters below U+0020 are escaped; all else stands as it is.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/text.h"

/*
 * Appends whole characters of a string, without the quotation marks, as long as they fit, and returns how many of the
 * bytes they stand for; the text is not cut. Whoever empties the text between may go on with the bytes behind, and
 * gets on, given JSON_CHARACTER bytes of room, every time.
 */
enum { JSON_CHARACTER = 6 };
size_t json_piece(struct text *text, struct span bytes);

/* Appends the bytes as a string in its quotation marks. The text is cut if they do not fit. */
void json_string(struct text *text, struct span bytes);

#endif
