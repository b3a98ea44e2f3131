/* Python's int of bytes, in base 10. */
#include "wpt/integer.h"

static bool is_python_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static struct span without_spaces(struct span text)
{
    while (text.length > 0 && is_python_space(text.at[0]))
        text = span_after(text, 1);
    while (text.length > 0 && is_python_space(text.at[text.length - 1]))
        text.length--;
    return text;
}

/* Digits with single underscores between them, at most `most`. */
static bool read_digits(struct span text, uint64_t most, uint64_t *number)
{
    uint64_t value = 0;
    bool after_digit = false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
        bool is_digit = digit <= 9;
        if (!is_digit && (text.at[i] != '_' || !after_digit))
            return false;
        if (is_digit)
            value = value > (most - digit) / 10 ? most : value * 10 + digit;
        after_digit = is_digit;
    }
    *number = value;
    return after_digit;
}

bool integer_parse(struct span text, int64_t *number)
{
    uint64_t value;
    struct span digits = without_spaces(text);
    bool is_negative = span_starts(digits, "-");
    if (is_negative || span_starts(digits, "+"))
        digits = span_after(digits, 1);
    if (!read_digits(digits, INT64_MAX, &value))
        return false;
    *number = is_negative ? -(int64_t)value : (int64_t)value;
    return true;
}
