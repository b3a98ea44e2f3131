/* Spans: comparing, cutting and reading numbers. Spans have no NUL at the end, so the C library's str* do not fit. */
#include "base/span.h"

#include <string.h>

struct span span_of(const char *string)
{
    return (struct span){string, strlen(string)};
}

bool span_starts(struct span span, const char *prefix)
{
    size_t length = strlen(prefix);
    return span.length >= length && memcmp(span.at, prefix, length) == 0;
}

bool span_is(struct span span, const char *string)
{
    return span.length == strlen(string) && span_starts(span, string);
}

/* Not tolower(3): the field names of HTTP are ASCII, whatever the locale. */
static int lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

bool span_starts_like(struct span span, const char *prefix)
{
    size_t i = 0;
    while (i < span.length && prefix[i] != '\0' && lower(span.at[i]) == lower(prefix[i]))
        i++;
    return prefix[i] == '\0';
}

bool span_like(struct span span, const char *string)
{
    return span.length == strlen(string) && span_starts_like(span, string);
}

struct span span_after(struct span span, size_t count)
{
    if (count > span.length)
        count = span.length;
    if (count == 0) /* also for a null address, to which nothing may be added */
        return span;
    return (struct span){span.at + count, span.length - count};
}

struct span span_trim(struct span span)
{
    while (span.length > 0 && (span.at[0] == ' ' || span.at[0] == '\t'))
        span = span_after(span, 1);
    while (span.length > 0 && (span.at[span.length - 1] == ' ' || span.at[span.length - 1] == '\t'))
        span.length--;
    return span;
}

struct span span_cut(struct span *rest, char separator)
{
    struct span all = *rest;
    const char *found = all.length > 0 ? memchr(all.at, separator, all.length) : NULL;
    if (found == NULL) {
        *rest = (struct span){NULL, 0};
        return all;
    }
    size_t before = (size_t)(found - all.at);
    *rest = span_after(all, before + 1);
    return (struct span){all.at, before};
}

bool span_number(struct span span, uint64_t most, uint64_t *number)
{
    uint64_t value = 0;
    if (span.length == 0)
        return false;
    for (size_t i = 0; i < span.length; i++) {
        unsigned digit = (unsigned char)span.at[i] - (unsigned)'0';
        if (digit > 9 || value > (most - digit) / 10 || digit > most)
            return false;
        value = value * 10 + digit;
    }
    *number = value;
    return true;
}

int span_hex_digit(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    int letter = lower(byte);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}
