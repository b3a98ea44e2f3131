/* Templates and formats. tests/formats.bats reads whole streams; here is what a request cannot reach. */
#include "check.h"
#include "formats/formats.h"
#include "formats/template.h"
#include "plan/parameters.h"

#include <string.h>

static char room[4096];

static const struct template_values values = {
    .line_end = "\r\n",
    .model = {"a\\n", 3},
    .created = 7,
    .number = 1,
    .first = 1,
    .count = 2,
    .sequence = 3,
    .status = 404,
    .type = "T",
    .code = "null",
    .message = {"no", 2},
};

static struct span expanded(const char *template, size_t capacity)
{
    struct text text = text_in(room, capacity);
    struct span rest = template_expand(&text, span_of(template), &values);
    check(rest.length == 0);
    return text_written(&text);
}

static void test_placeholders(void)
{
    check_bytes(expanded("", 9), span_of(""));
    check_bytes(expanded("a<input>,<output>,<total>\n\n", 99), span_of("a10,2,12\r\n\r\n"));
    check_bytes(expanded("<model><created>-<sequence>", 99), span_of("\"a\\n\"7-3"));
    check_bytes(expanded("<status><type><code><message>", 99), span_of("404Tnull\"no\""));
    check_bytes(expanded("[<text>]", 99), span_of("[spheIGLpzXpFGMIH ]"));
    check_bytes(expanded("[<whole>]", 99), span_of("[spheIGLpzXpFGMIH ViOGllEPvVfdraRk ]"));
    check_bytes(expanded("a<none>b<text", 99), span_of("abspheIGLpzXpFGMIH "));
    check_bytes(expanded("ab<whole>c", 20), span_of("abspheIGLpzXpFGMIH "));
}

static void test_padding(void)
{
    struct template_values padded = values;
    struct text text = text_in(room, sizeof room);
    padded.size = 20;
    struct span rest = template_expand(&text, span_of("a<text>b\n"), &padded);
    check_bytes(text_written(&text), span_of("aspheIGLpzXpFGMIH"));
    check_bytes(rest, span_of("b\n"));
    text = text_in(room, sizeof room);
    (void)template_expand(&text, span_of("<whole>"), &padded);
    check_bytes(text_written(&text), span_of("spheIGLpzXpFGMIHxxx ViOGllEPvVfdraRkxxx "));
    padded.count = padded.size = UINT64_MAX;
    text = text_in(room, sizeof room);
    (void)template_expand(&text, span_of("<whole>"), &padded);
    check(text.truncated);
}

static void test_events(void)
{
    struct span events = span_of("a\nb\n\nc\n\nd");
    check_bytes(template_cut_event(&events), span_of("a\nb\n\n"));
    check_bytes(template_cut_event(&events), span_of("c\n\n"));
    check_bytes(template_cut_event(&events), span_of("d"));
    check(events.length == 0 && template_cut_event(&events).length == 0);
}

/* Each placeholder of a template is known: one that is not would leave nothing. */
static void check_placeholders(const char *template)
{
    struct span rest = span_of(template);
    for (;;) {
        (void)span_cut(&rest, '<');
        if (rest.at == NULL)
            break;
        struct span name = span_cut(&rest, '>');
        char one[32];
        struct text placeholder = text_in(one, sizeof one - 1);
        text_string(&placeholder, "<");
        text_span(&placeholder, name);
        text_string(&placeholder, ">");
        one[placeholder.length] = '\0';
        check(!placeholder.truncated && expanded(one, sizeof room).length > 0);
    }
}

/* A row for 400 and 500, and the words in a template that needs them. */
static void check_errors(const struct format *format)
{
    bool general[2] = {false, false};
    for (const struct format_error *error = format->errors; error->status != 0; error++) {
        general[0] |= error->status == 400;
        general[1] |= error->status == 500;
        check(error->status >= 400 && error->status < 600 && error->type != NULL && error->code != NULL);
    }
    check(general[0] && general[1]);
}

static bool ends_in_empty_line(const char *events)
{
    size_t length = strlen(events);
    return length == 0 || (length > 2 && strcmp(events + length - 2, "\n\n") == 0);
}

static void test_table(void)
{
    struct span words = span_of(FORMATS_WORDS);
    check(span_is(span_cut(&words, '|'), "messages") && formats_at(0) == NULL);
    size_t place = 1;
    for (; words.at != NULL; place++) {
        const struct format *format = formats_at(place);
        check(format != NULL);
        if (format == NULL)
            return;
        check(span_is(span_cut(&words, '|'), format->name));
        check(strstr(format->delta, "<text>") != NULL && strstr(format->delta, "<whole>") == NULL);
        const char *const events[] = {format->opening, format->delta, format->closing, format->error};
        for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
            check_placeholders(events[i]);
            check(ends_in_empty_line(events[i]));
        }
        check_placeholders(format->refusal);
        check_errors(format);
        check(format_repeats_text(format) == (format == &formats_openai_responses));
    }
    check(place == 6 && formats_at(place) == NULL);
}

static struct span refused(size_t place, int status, const char *message)
{
    struct text text = text_in(room, sizeof room);
    format_refusal(&text, formats_at(place), status, span_of(message));
    check(!text.truncated);
    return text_written(&text);
}

static void test_refusals(void)
{
    check_bytes(refused(4, 503, "x"),
                span_of("{\"error\":{\"code\":503,\"message\":\"x\",\"status\":\"UNAVAILABLE\"}}"));
    check_bytes(refused(4, 599, "x"), span_of("{\"error\":{\"code\":599,\"message\":\"x\",\"status\":\"INTERNAL\"}}"));
    check_bytes(refused(4, 418, "\""),
                span_of("{\"error\":{\"code\":418,\"message\":\"\\\"\",\"status\":\"INVALID_ARGUMENT\"}}"));
    check_bytes(refused(5, 500, ""), span_of("{\"error\":\"sse-server answers with status 500 as requested\"}"));
}

void test_formats(void)
{
    test_placeholders();
    test_padding();
    test_events();
    test_table();
    test_refusals();
}
