/* Response heads. A head that does not fit is truncated; LIMIT_RESPONSE_HEAD is large enough for every head of ours. */
#include "http/response.h"

#include "base/calendar.h"
#include "http/cors.h"
#include "http/fields.h"
#include "http/method.h"
#include "http/status_code.h"

static void number_field(struct text *text, const char *name, uint64_t value)
{
    char room[20];
    struct text number = text_in(room, sizeof room);
    text_number(&number, value);
    fields_write(text, name, text_written(&number));
}

static void allow_field(struct text *text, unsigned methods)
{
    text_string(text, "Allow: ");
    method_names(text, methods);
    text_string(text, "\r\n");
}

/* HTTP/1.1 persists by default, HTTP/1.0 closes by default (RFC 9112, 9.3). */
static void connection_field(struct text *text, const struct response *response, int minor)
{
    if (response->persists && (response->keep_alive || minor == 0))
        fields_write(text, "Connection", span_of("keep-alive"));
    else if (!response->persists && minor > 0)
        fields_write(text, "Connection", span_of("close"));
}

/* A client does not know that 205 has no body, unlike 204 and 304 (RFC 9112, 6.3). So its length is sent. */
static void framing_field(struct text *text, const struct response *response)
{
    if (response->framing == FRAMING_NONE && response->status == 205)
        number_field(text, "Content-Length", 0);
    if (response->framing == FRAMING_LENGTH)
        number_field(text, "Content-Length", response->length);
    if (response->framing == FRAMING_CHUNKED)
        fields_write(text, "Transfer-Encoding", span_of("chunked"));
}

void response_head(struct text *text, const struct response *response, int minor, int64_t realtime)
{
    text_string(text, minor > 0 ? "HTTP/1.1 " : "HTTP/1.0 ");
    text_number(text, (uint64_t)response->status);
    text_string(text, " ");
    if (response->reason.at != NULL)
        text_span(text, response->reason);
    else
        text_string(text, status_code_phrase(response->status));
    text_string(text, "\r\n");
    if (!response->has_own_cors)
        cors_fields(text, &(struct cors){.is_preflight = response->preflight,
                                         .withheld = response->withheld,
                                         .method = response->method});
    if (response->is_exposed)
        cors_exposed_field(text, response->exposed, span_of(response->counted ? "X-Expected-Events" : ""));
    if (response->allow != 0)
        allow_field(text, response->allow);
    if (response->no_cache)
        fields_write(text, "Cache-Control", span_of("no-cache"));
    connection_field(text, response, minor);
    if (response->type.length > 0)
        fields_write(text, "Content-Type", response->type);
    text_span(text, response->fields);
    if (response->counted)
        number_field(text, "X-Expected-Events", response->expected_events);
    if (realtime != RESPONSE_NO_DATE) {
        text_string(text, "Date: ");
        calendar_http_date(text, realtime);
        text_string(text, "\r\n");
    }
    framing_field(text, response);
    text_string(text, "\r\n");
}
