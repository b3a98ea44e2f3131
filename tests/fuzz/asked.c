/*
 * Searches for the names of parameters anywhere, even in values. This only permits more than necessary. A refused
 * request permits nothing.
 */
#include "asked.h"

#include "plan/parameters.h"

#include <string.h>

enum { WORDS = 1 << 18, SHOWN = 400 };

/* Parameters that set the status or fields. */
static const char *const head_names[] = {"status", "reason",      "type",      "header",  "location",
                                         "cors",   "credentials", "preflight", "require", "case"};

bool has_within(struct span span, const char *string)
{
    return span.length > 0 && memmem(span.at, span.length, string, strlen(string)) != NULL;
}

static bool has_like(struct span span, const char *string)
{
    while (span.length > 0 && !span_starts_like(span, string))
        span = span_after(span, 1);
    return span.length > 0;
}

/* Percent-decodes. If the result is truncated, the caller is unsure. */
static struct span decode(struct span encoded, struct text *text)
{
    for (size_t i = 0; i < encoded.length; i++) {
        int high = i + 2 < encoded.length && encoded.at[i] == '%' ? span_hex_digit(encoded.at[i + 1]) : -1;
        int low = high >= 0 ? span_hex_digit(encoded.at[i + 2]) : -1;
        char byte = (char)(low >= 0 ? high << 4 | low : encoded.at[i]);
        text_bytes(text, &byte, 1);
        i += low >= 0 ? 2 : 0;
    }
    return text_written(text);
}

static bool is_post(struct span line)
{
    return span_starts(line, "POST ");
}

/* The log shows only SHOWN bytes of a target, and chunks may cut a name in two. */
static bool is_unsure(struct span line, struct span sent)
{
    struct span rest = line;
    (void)span_cut(&rest, ' ');
    struct span target = span_cut(&rest, ' ');
    return target.length >= SHOWN || (is_post(line) && has_like(sent, "transfer-encoding"));
}

/* The second segment of a path under /with/ is decoded before it is read as parameters, so it is decoded twice. */
static struct span decode_twice(struct span encoded, struct text *once, struct text *twice)
{
    struct span words = decode(encoded, once);
    return has_within(words, "/with") ? decode(words, twice) : words;
}

/* The parameters `end` or `cut` ask for an end that is not proper. */
static bool breaks_off(struct span words)
{
    const char *found;
    if (has_within(words, "cut=head"))
        return true;
    while (words.length > 0 && (found = memmem(words.at, words.length, "end=", 4)) != NULL) {
        words = span_after(words, (size_t)(found - words.at) + 4);
        if (!span_starts(words, "close"))
            return true;
    }
    return false;
}

static bool owns_head(struct span words)
{
    bool found = false;
    for (size_t i = 0; i < sizeof head_names / sizeof *head_names; i++)
        found = found || has_within(words, head_names[i]);
    return found;
}

/* The paths of the WPT handlers, which have parameters of their own. */
static bool is_of_suite(struct span words)
{
    return has_within(words, "/eventsource/");
}

struct asked asked_of(struct span line, struct span sent)
{
    static char room[WORDS], second_room[WORDS];
    struct text text = text_in(room, sizeof room), second = text_in(second_room, sizeof second_room);
    struct asked asked = {.is_head = span_starts(line, "HEAD "), .is_unread = span_starts(line, "400 (")};
    if (tells_refusal(line))
        return asked;
    struct span words = decode_twice(is_post(line) ? sent : line, &text, &second);
    bool unsure = is_unsure(line, sent) || text.truncated;
    asked.breaks_off = unsure || breaks_off(words) || has_within(words, "bfcache-counter");
    asked.owns_head = unsure || owns_head(words) || is_of_suite(words);
    return asked;
}

bool asks_for_count_alone(struct span line, struct span sent)
{
    static char room[WORDS], second_room[WORDS];
    struct text text = text_in(room, sizeof room), second = text_in(second_room, sizeof second_room);
    struct span words = decode_twice(is_post(line) ? sent : line, &text, &second);
    bool alone = !is_unsure(line, sent) && !text.truncated && !has_like(words, "event-stream");
    for (enum parameter_name name = 0; name < PARAMETERS; name++)
        alone = alone && (name == P_COUNT || !has_within(words, parameters[name].name));
    return alone;
}

/* The reason follows the duration: " (1.5s): ". No other parenthesis has a space before it. */
bool tells_refusal(struct span line)
{
    while (line.length > 0 && !span_starts(line, " ("))
        line = span_after(line, 1);
    return has_within(line, "s): ");
}

bool tells_no_answer(struct span line)
{
    return has_within(line, " 0 (") && !tells_refusal(line);
}
