/*
 * A span: a run of bytes that somebody else owns. It has no terminator and may hold any byte.
 * All functions here are pure.
 */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
    const char *at;
    size_t length;
};

/* The span of a C string, without its NUL. */
struct span span_of(const char *string);

/* Equal to the string, byte for byte; span_like() takes ASCII letters of either case for the same. */
bool span_is(struct span span, const char *string);
bool span_like(struct span span, const char *string);

bool span_starts(struct span span, const char *prefix);
bool span_starts_like(struct span span, const char *prefix);

/* Without its first `count` bytes; empty if it has not that many. */
struct span span_after(struct span span, size_t count);

/* Without space and tab (OWS of RFC 9110, 5.6.3) at both ends. */
struct span span_trim(struct span span);

/*
 * Cuts *rest at the first `separator`: returns what stands before it and leaves in *rest what stands behind.
 * Without one, returns all of it and leaves *rest empty with a null address, so that `rest.at` tells the end.
 */
struct span span_cut(struct span *rest, char separator);

/* Decimal digits and nothing else, at most `most`. False, *number untouched, for everything else. */
bool span_number(struct span span, uint64_t most, uint64_t *number);

/* The value of a hexadecimal digit, or -1. */
int span_hex_digit(char byte);

#endif
