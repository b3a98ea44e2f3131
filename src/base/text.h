/*
 * A text: bytes being written into room that somebody else owns.
 *
 * What does not fit is left out and `truncated` says so, for good: a writer may append twenty things and look once. All
 * functions here are pure and none of them fails otherwise.
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

/* An empty text in `capacity` bytes at `at`. */
struct text text_in(char *at, size_t capacity);

void text_bytes(struct text *text, const void *bytes, size_t length);
void text_string(struct text *text, const char *string);
void text_span(struct text *text, struct span span);
void text_number(struct text *text, uint64_t number);

/* Decimal, with zeros in front up to `digits` (at most 20). */
void text_padded(struct text *text, uint64_t number, int digits);

/* Hexadecimal in lower case, without zeros in front, as chunk sizes are written (RFC 9112, 7.1). */
void text_hex(struct text *text, uint64_t number);

/* The lowest `digits` hexadecimal digits of the number, at most 16, zeros in front included. */
void text_hex_padded(struct text *text, uint64_t number, unsigned digits);

/*
 * The span as it may stand in one line of a log or an answer: bytes outside printable ASCII become "?", and no more
 * than `most` bytes of it are shown.
 */
void text_printable(struct text *text, struct span span, size_t most);

/* What has been written. Holds until the next change of the text. */
struct span text_written(const struct text *text);

#endif
