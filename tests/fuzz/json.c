/*
 * A strict reader of the JSON that /status may be: an object whose values are objects, strings and numbers, without
 * white space. Knows nothing of the code that writes it. Not to be JSON is no failure but an answer.
 */
#include "fuzz.h"

static bool take_byte(struct span *rest, char byte)
{
    if (rest->length == 0 || rest->at[0] != byte)
        return false;
    *rest = span_after(*rest, 1);
    return true;
}

static bool take_escape(struct span *rest)
{
    for (const char *plain = "\"\\/bfnrt"; *plain != '\0'; plain++)
        if (take_byte(rest, *plain))
            return true;
    if (!take_byte(rest, 'u'))
        return false;
    for (int i = 0; i < 4; i++, *rest = span_after(*rest, 1))
        if (rest->length == 0 || hex_digit(rest->at[0]) < 0)
            return false;
    return true;
}

static bool take_string(struct span *rest)
{
    if (!take_byte(rest, '"'))
        return false;
    while (!take_byte(rest, '"')) {
        if (take_byte(rest, '\\')) {
            if (!take_escape(rest))
                return false;
            continue;
        }
        if (rest->length == 0 || rest->at[0] < ' ' || rest->at[0] > '~')
            return false;
        *rest = span_after(*rest, 1);
    }
    return true;
}

/* A whole number that is not negative, without zeros in front. */
static bool take_number(struct span *rest)
{
    if (take_byte(rest, '0'))
        return true;
    size_t digits = 0;
    while (rest->length > 0 && rest->at[0] >= '0' && rest->at[0] <= '9') {
        *rest = span_after(*rest, 1);
        digits++;
    }
    return digits > 0;
}

static bool take_inner_object(struct span *rest)
{
    if (!take_byte(rest, '{'))
        return false;
    do {
        if (!take_string(rest) || !take_byte(rest, ':') || !(take_string(rest) || take_number(rest)))
            return false;
    } while (take_byte(rest, ','));
    return take_byte(rest, '}');
}

bool is_json_object(struct span span, size_t *members)
{
    *members = 0;
    if (!take_byte(&span, '{'))
        return false;
    if (take_byte(&span, '}'))
        return span.length == 0;
    do {
        if (!take_string(&span) || !take_byte(&span, ':') || !take_inner_object(&span))
            return false;
        ++*members;
    } while (take_byte(&span, ','));
    return take_byte(&span, '}') && span.length == 0;
}
