/* Texts. Not snprintf(3): each request appends many small parts, and it would parse a format for each of them. */
#include "base/text.h"

#include <string.h>

struct text text_in(char *at, size_t capacity)
{
    return (struct text){at, 0, capacity, false};
}

void text_bytes(struct text *text, const void *bytes, size_t length)
{
    if (text->truncated || length > text->capacity - text->length) {
        text->truncated = true;
        return;
    }
    if (length > 0)
        memcpy(text->at + text->length, bytes, length);
    text->length += length;
}

void text_string(struct text *text, const char *string)
{
    text_bytes(text, string, strlen(string));
}

void text_span(struct text *text, struct span span)
{
    text_bytes(text, span.at, span.length);
}

static void text_in_base(struct text *text, uint64_t number, unsigned base, int digits)
{
    char reversed[20];
    size_t first = sizeof reversed;
    do {
        reversed[--first] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number > 0 || (int)(sizeof reversed - first) < digits);
    text_bytes(text, reversed + first, sizeof reversed - first);
}

void text_number(struct text *text, uint64_t number)
{
    text_in_base(text, number, 10, 1);
}

size_t text_number_length(uint64_t number)
{
    size_t length = 1;
    for (; number > 9; number /= 10)
        length++;
    return length;
}

void text_padded(struct text *text, uint64_t number, int digits)
{
    text_in_base(text, number, 10, digits < 20 ? digits : 20);
}

void text_hex(struct text *text, uint64_t number)
{
    text_in_base(text, number, 16, 1);
}

void text_hex_padded(struct text *text, uint64_t number, unsigned digits)
{
    text_in_base(text, digits < 16 ? number & ((UINT64_C(1) << 4 * digits) - 1) : number, 16, (int)digits);
}

void text_printable(struct text *text, struct span span, size_t most)
{
    for (size_t i = 0; i < span.length && i < most; i++) {
        char byte = span.at[i];
        text_bytes(text, byte >= ' ' && byte <= '~' ? &byte : "?", 1);
    }
    if (span.length > most)
        text_string(text, "...");
}

struct span text_written(const struct text *text)
{
    return (struct span){text->at, text->length};
}
