/* The echo of a request. It always fits in LIMIT_PIECE bytes, because the head is limited. */
#include "stream/echo.h"

#include "base/json.h"
#include "http/fields.h"

/* A token may be secret, and many people watch a stream. A single word may be a token without a scheme. */
static struct span shown_value(struct span name, struct span value)
{
    struct span rest = value;
    if (!span_like(name, "Authorization"))
        return value;
    struct span scheme = span_cut(&rest, ' ');
    return rest.at != NULL ? scheme : (struct span){"", 0};
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
        json_string(text, shown_value(name, value));
        text_string(text, "]");
        before = ",";
    }
}

void echo_text(struct text *text, const struct request *request, uint64_t size, uint32_t crc, const char *eol)
{
    text_string(text, "event: request");
    text_string(text, eol);
    text_string(text, "data: {\"method\":");
    json_string(text, request->method_name);
    text_string(text, ",\"target\":");
    json_string(text, request->target);
    text_string(text, ",\"headers\":[");
    headers_text(text, request->head);
    text_string(text, "],\"body\":{\"size\":");
    text_number(text, size);
    text_string(text, ",\"crc32\":\"");
    text_hex_padded(text, crc, 8);
    text_string(text, "\"}}");
    text_string(text, eol);
    text_string(text, eol);
}
