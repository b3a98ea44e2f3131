/*
 * A text: bytes that are appended to memory of the caller. Pure.
 *
 * If a part does not fit, it and all later parts are left out and `truncated` is set. So a caller can append many parts
 * and check once at the end.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/span.h"

struct text {
    char *at;
    size_t length;
    size_t capacity;
    bool truncated;
};

/* Returns an empty text in `capacity` bytes at `at`. */
struct text text_in(char *at, size_t capacity);

void text_bytes(struct text *text, const void *bytes, size_t length);
void text_string(struct text *text, const char *string);
void text_span(struct text *text, struct span span);
void text_number(struct text *text, uint64_t number);

/* The length of what text_number() appends. */
size_t text_number_length(uint64_t number);

/* Decimal, with leading zeros up to `digits` (at most 20). */
void text_padded(struct text *text, uint64_t number, int digits);

/* Hexadecimal, lower case, without leading zeros: the form of chunk sizes (RFC 9112, 7.1). */
void text_hex(struct text *text, uint64_t number);

/* The last `digits` hexadecimal digits of the number (at most 16), with leading zeros. */
void text_hex_padded(struct text *text, uint64_t number, unsigned digits);

/*
 * The span, safe for one line of a log or an answer: bytes outside printable ASCII become "?". A span of more than
 * `most` bytes is cut, and "..." follows.
 */
void text_printable(struct text *text, struct span span, size_t most);

/* Returns the bytes so far. Valid until the text changes. */
struct span text_written(const struct text *text);

#endif
