/*
 * A span: bytes that someone else owns. It has no NUL at the end and may hold any byte. All functions here are pure.
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

/* Returns the span of a C string, without its NUL. */
struct span span_of(const char *string);

/* Whether the span equals the string. span_like() ignores the case of ASCII letters. */
bool span_is(struct span span, const char *string);
bool span_like(struct span span, const char *string);

/* Whether the span begins with `prefix`. span_starts_like() ignores the case of ASCII letters. */
bool span_starts(struct span span, const char *prefix);
bool span_starts_like(struct span span, const char *prefix);

/* Returns the span without its first `count` bytes; empty if it has no more. */
struct span span_after(struct span span, size_t count);

/* Returns the span without spaces and tabs at both ends (OWS, RFC 9110, 5.6.3). */
struct span span_trim(struct span span);

/*
 * Cuts *rest at the first `separator`: returns the part before it, and leaves the part after it in *rest. If there is
 * none, returns everything and leaves *rest empty with a null address: `rest.at == NULL` means the end.
 */
struct span span_cut(struct span *rest, char separator);

/* Reads decimal digits, a value up to `most`. Returns false and leaves *number untouched for everything else. */
bool span_number(struct span span, uint64_t most, uint64_t *number);

/* Returns the value of a hexadecimal digit, or -1. */
int span_hex_digit(char byte);

#endif
