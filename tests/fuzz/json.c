/*
 * Two strict readers of JSON, which know nothing about the code that writes it. One is for /status: an object of
 * objects, without white space. The other is for /expect, /log and /help, whose JSON is nested.
 */
#include "fuzz.h"

#include <string.h>

enum { DEPTH = 8 };

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
        if (rest->length == 0 || span_hex_digit(rest->at[0]) < 0)
            return false;
    return true;
}

/* One UTF-8 character in its shortest form (RFC 3629), not a control character. */
static bool take_character(struct span *rest)
{
    static const uint32_t least[] = {' ', 0x80, 0x800, 0x10000};
    if (rest->length == 0)
        return false;
    unsigned char lead = (unsigned char)rest->at[0];
    size_t more = lead < 0x80 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if ((lead >= 0x80 && lead < 0xc0) || lead >= 0xf8 || rest->length <= more)
        return false;
    uint32_t value = more == 0 ? lead : lead & (0x3fU >> more);
    for (size_t i = 1; i <= more; i++) {
        if (((unsigned char)rest->at[i] & 0xc0) != 0x80)
            return false;
        value = value << 6 | ((unsigned char)rest->at[i] & 0x3fU);
    }
    *rest = span_after(*rest, more + 1);
    return value >= least[more] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
}

static bool take_string(struct span *rest)
{
    if (!take_byte(rest, '"'))
        return false;
    while (!take_byte(rest, '"'))
        if (!(take_byte(rest, '\\') ? take_escape(rest) : take_character(rest)))
            return false;
    return true;
}

/* A non-negative integer without leading zeros. */
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
    if (!is_printable(span) || !take_byte(&span, '{'))
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

static bool take_word(struct span *rest, const char *word)
{
    if (!span_starts(*rest, word))
        return false;
    *rest = span_after(*rest, strlen(word));
    return true;
}

static void skip_line_feeds(struct span *rest)
{
    while (take_byte(rest, '\n'))
        ;
}

/* The open objects and arrays. */
struct nest {
    char opened[DEPTH];
    size_t depth;
};

/* Takes a value, or only the first bracket of an object or array that is not empty; *is_whole says which. Inside an
 * object, takes the name first. */
static bool take_value(struct span *rest, struct nest *nest, bool *is_whole)
{
    *is_whole = true;
    if (nest->depth > 0 && nest->opened[nest->depth - 1] == '{' && !(take_string(rest) && take_byte(rest, ':')))
        return false;
    if (take_string(rest) || take_number(rest))
        return true;
    if (take_word(rest, "null") || take_word(rest, "true") || take_word(rest, "false"))
        return true;
    if (nest->depth == DEPTH || rest->length == 0 || (rest->at[0] != '{' && rest->at[0] != '['))
        return false;
    nest->opened[nest->depth] = rest->at[0];
    *rest = span_after(*rest, 1);
    *is_whole = take_byte(rest, nest->opened[nest->depth] == '{' ? '}' : ']');
    nest->depth += !*is_whole;
    return true;
}

/* Takes the closing brackets after a whole value. */
static void take_ends(struct span *rest, struct nest *nest)
{
    while (nest->depth > 0 && take_byte(rest, nest->opened[nest->depth - 1] == '{' ? '}' : ']'))
        nest->depth--;
}

bool is_json(struct span span)
{
    struct nest nest = {.depth = 0};
    bool is_whole;
    do {
        skip_line_feeds(&span);
        if (!take_value(&span, &nest, &is_whole) || (nest.depth == 0 && !is_whole))
            return false;
        if (is_whole)
            take_ends(&span, &nest);
    } while (nest.depth > 0 && (!is_whole || take_byte(&span, ',')));
    skip_line_feeds(&span);
    return nest.depth == 0 && span.length == 0;
}
