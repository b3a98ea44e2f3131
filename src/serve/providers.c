/*
 * A table of paths. A segment that begins with an asterisk matches every longer segment with the same end.
 * Nothing fails.
 */
#include "serve/providers.h"

#include "base/limits.h"
#include "http/form.h"
#include "http/percent.h"

static const struct {
    const char *path, *format;
    bool is_whole;
} paths[] = {
    {"/v1/chat/completions", "openai-chat", false},
    {"/chat/completions", "openai-chat", false},
    {"/v1/responses", "openai-responses", false},
    {"/v1/responses/*", "openai-responses", false},
    {"/responses", "openai-responses", false},
    {"/responses/*", "openai-responses", false},
    {"/v1/messages", "anthropic", false},
    {"/v1beta/models/*:streamGenerateContent", "gemini", false},
    {"/v1beta/models/*:generateContent", "gemini", true},
    {"/api/chat", "ui-message", false},
};

enum { PATHS = sizeof paths / sizeof *paths, LONGEST_SEGMENT = 32 };

/* Cuts off the last segment, up to its slash. */
static struct span cut_last(struct span *path)
{
    size_t slash = path->length;
    while (slash > 0 && path->at[slash - 1] != '/')
        slash--;
    struct span segment = span_after(*path, slash);
    path->length = slash > 0 ? slash - 1 : 0;
    return segment;
}

/* Only the last bytes can be the end; an escape has three of them. */
static bool ends_with(struct span segment, const char *end)
{
    size_t most = 3 * span_of(end).length;
    for (size_t from = segment.length > most ? segment.length - most : 1; from < segment.length; from++)
        if (percent_decodes_to(span_after(segment, from), end))
            return true;
    return end[0] == '\0' && segment.length > 0;
}

static bool segment_fits(struct span segment, struct span pattern)
{
    char room[LONGEST_SEGMENT];
    struct text text = text_in(room, sizeof room - 1);
    bool has_asterisk = span_starts(pattern, "*");
    text_span(&text, has_asterisk ? span_after(pattern, 1) : pattern);
    room[text.length] = '\0';
    return has_asterisk ? ends_with(segment, room) : percent_decodes_to(segment, room);
}

/* The path ends with the pattern. *path becomes what is before it. */
static bool take_end(struct span *path, const char *pattern)
{
    struct span left = span_of(pattern);
    while (left.length > 0)
        if (path->length == 0 || !segment_fits(cut_last(path), cut_last(&left)))
            return false;
    return true;
}

bool providers_have(struct span path)
{
    for (size_t i = 0; i < PATHS; i++) {
        struct span before = path;
        if (take_end(&before, paths[i].path) && before.length == 0)
            return true;
    }
    return false;
}

const char *providers_format(struct span path)
{
    for (size_t i = 0; i < PATHS; i++) {
        struct span before = path;
        if (take_end(&before, paths[i].path))
            return paths[i].format;
    }
    return NULL;
}

bool providers_want_whole(struct span path)
{
    for (size_t i = 0; i < PATHS; i++) {
        struct span before = path;
        if (take_end(&before, paths[i].path))
            return paths[i].is_whole;
    }
    return false;
}

static bool is_plain(char byte)
{
    char letter = (char)(byte | 0x20);
    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' || byte == '-' ||
           byte == '_';
}

struct span providers_model(struct span path)
{
    struct span segment = cut_last(&path);
    struct span model = span_cut(&segment, ':');
    bool fits = segment.at != NULL && model.length <= LIMIT_JSON_MEMBER;
    for (size_t i = 0; fits && i < model.length; i++)
        fits = is_plain(model.at[i]);
    return fits ? model : (struct span){NULL, 0};
}

uint64_t providers_skipped(struct span query)
{
    struct span name, value;
    uint64_t number;
    while (form_next(&query, &name, &value))
        if (percent_decodes_to(name, "starting_after") && span_number(value, INT64_MAX, &number))
            return number + 1;
    return 0;
}
