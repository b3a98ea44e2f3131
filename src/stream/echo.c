/* The echo of a request. It always fits in LIMIT_PIECE bytes, because the head is limited. */
#include "stream/echo.h"

#include "base/json.h"
#include "http/cookie.h"
#include "http/fields.h"
#include "http/secret.h"

static void cookie_names_text(struct text *text, struct span cookies)
{
    struct span name, unused;
    const char *before = "";
    text_string(text, "\"");
    while (cookie_next(&cookies, &name, &unused)) {
        if (name.length == 0)
            continue;
        text_string(text, before);
        (void)json_piece(text, name);
        before = "; ";
    }
    text_string(text, "\"");
}

/* Many people watch a stream, and with `cors` and `credentials` a page can read one that carries its visitor's cookies.
 */
static void value_text(struct text *text, struct span name, struct span value)
{
    switch (secret_of(name)) {
    case SECRET_NONE:
        json_string(text, value);
        break;
    case SECRET_COOKIES:
        cookie_names_text(text, value);
        break;
    case SECRET_CREDENTIALS:
        json_string(text, secret_scheme(value));
        break;
    case SECRET_VALUE:
        json_string(text, span_of(""));
        break;
    }
}

static void headers_text(struct text *text, struct span head)
{
    struct span rest = fields_begin(head);
    struct span name, value;
    const char *before = "";
    while (fields_next(&rest, &name, &value)) {
        text_string(text, before);
        text_string(text, "[");
        json_string(text, name);
        text_string(text, ",");
        value_text(text, name, value);
        text_string(text, "]");
        before = ",";
    }
}

static void body_text(struct text *text, const struct echo_body *body)
{
    text_string(text, "{\"size\":");
    text_number(text, body->size);
    text_string(text, ",\"crc32\":\"");
    text_hex_padded(text, body->crc, 8);
    text_string(text, "\"");
    if (body->size > 0) {
        text_string(text, ",\"text\":");
        json_string(text, body->beginning);
    }
    text_string(text, "}");
}

void echo_text(struct text *text, const struct request *request, const struct echo_body *body, const char *eol)
{
    text_string(text, "event: request");
    text_string(text, eol);
    text_string(text, "data: {\"method\":");
    json_string(text, request->method_name);
    text_string(text, ",\"target\":");
    json_string(text, request->target);
    text_string(text, ",\"headers\":[");
    headers_text(text, request->head);
    text_string(text, "],\"body\":");
    body_text(text, body);
    text_string(text, "}");
    text_string(text, eol);
    text_string(text, eol);
}
