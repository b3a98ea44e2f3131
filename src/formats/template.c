/* Templates. An unknown placeholder is a mistake in a constant; it is left out, and the unit tests find it. */
#include "formats/template.h"

#include "base/json.h"

#include <string.h>

static void put_letters(struct text *text, uint64_t number)
{
    char letters[GO_RAND_LETTERS];
    go_rand_letters(number, letters);
    text_bytes(text, letters, sizeof letters);
}

/* One that does not fit is not begun, so the loop ends with the room. */
static void put_padded(struct text *text, uint64_t number, uint64_t size)
{
    put_letters(text, number);
    for (uint64_t left = size > TEMPLATE_TEXT ? size - TEMPLATE_TEXT : 0; left > 0 && !text->truncated; left--)
        text_string(text, "x");
    text_string(text, " ");
}

static void put_text(struct text *text, const struct template_values *values)
{
    put_padded(text, values->number, 0);
}

static void put_whole(struct text *text, const struct template_values *values)
{
    for (uint64_t i = 0; i < values->count && !text->truncated; i++)
        put_padded(text, values->first + i, values->size);
}

static void put_sequence(struct text *text, const struct template_values *values)
{
    text_number(text, values->sequence);
}

static void put_model(struct text *text, const struct template_values *values)
{
    text_string(text, "\"");
    text_span(text, values->model);
    text_string(text, "\"");
}

static void put_created(struct text *text, const struct template_values *values)
{
    text_number(text, values->created);
}

static void put_input(struct text *text, const struct template_values *values)
{
    (void)values;
    text_number(text, TEMPLATE_INPUT);
}

static void put_output(struct text *text, const struct template_values *values)
{
    text_number(text, values->count);
}

static void put_total(struct text *text, const struct template_values *values)
{
    text_number(text, TEMPLATE_INPUT + values->count);
}

static void put_status(struct text *text, const struct template_values *values)
{
    text_number(text, (uint64_t)values->status);
}

static void put_type(struct text *text, const struct template_values *values)
{
    text_string(text, values->type);
}

static void put_code(struct text *text, const struct template_values *values)
{
    text_string(text, values->code);
}

static void put_message(struct text *text, const struct template_values *values)
{
    json_string(text, values->message);
}

static const struct {
    const char *name;
    void (*put)(struct text *text, const struct template_values *values);
} placeholders[] = {
    {"text", put_text},   {"whole", put_whole},   {"sequence", put_sequence}, {"model", put_model},
    {"input", put_input}, {"output", put_output}, {"total", put_total},       {"created", put_created},
    {"type", put_type},   {"code", put_code},     {"status", put_status},     {"message", put_message},
};

static void put_value(struct text *text, struct span name, const struct template_values *values)
{
    for (size_t i = 0; i < sizeof placeholders / sizeof *placeholders; i++)
        if (span_is(name, placeholders[i].name))
            placeholders[i].put(text, values);
}

/* Appends the bytes before the next "<" or "\n". Returns that byte, and leaves what follows it; 0 at the end. */
static char put_plain_part(struct text *text, struct span *template)
{
    size_t length = 0;
    while (length < template->length && template->at[length] != '<' && template->at[length] != '\n')
        length++;
    text_bytes(text, template->at, length);
    struct span rest = span_after(*template, length);
    *template = span_after(rest, 1);
    if (rest.length == 0)
        return '\0';
    return rest.at[0];
}

struct span template_expand(struct text *text, struct span template, const struct template_values *values)
{
    char stop;
    while ((stop = put_plain_part(text, &template)) != '\0') {
        if (stop == '\n') {
            text_string(text, values->line_end);
            continue;
        }
        struct span name = span_cut(&template, '>');
        if (span_is(name, "text") && values->size > 0) {
            put_letters(text, values->number);
            return template;
        }
        put_value(text, name, values);
    }
    return (struct span){"", 0};
}

struct span template_cut_event(struct span *events)
{
    const char *end = events->length > 0 ? memmem(events->at, events->length, "\n\n", 2) : NULL;
    size_t length = end != NULL ? (size_t)(end - events->at) + 2 : events->length;
    struct span event = {events->at, length};
    *events = span_after(*events, length);
    return event;
}
