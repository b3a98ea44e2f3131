/* Response heads and chunks. A head that does not fit is cut, which LIMIT_RESPONSE_HEAD rules out; nothing else fails.
 */
#include "http/response.h"

#include "base/calendar.h"

struct phrase {
    int status;
    const char *phrase;
};

/* What this program answers by itself. */
static const struct phrase phrases[] = {
    {200, "OK"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

/* What it answers if the parameter `status` says so. */
static const struct phrase asked_for[] = {
    {201, "Created"},
    {202, "Accepted"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {504, "Gateway Timeout"},
};

static const char *find_phrase(const struct phrase *among, size_t count, int status)
{
    for (size_t i = 0; i < count; i++)
        if (among[i].status == status)
            return among[i].phrase;
    return "";
}

const char *status_phrase(int status)
{
    const char *phrase = find_phrase(phrases, sizeof phrases / sizeof *phrases, status);
    return *phrase != '\0' ? phrase : find_phrase(asked_for, sizeof asked_for / sizeof *asked_for, status);
}

bool status_has_body(int status)
{
    return status != 204 && status != 205 && status != 304;
}

void text_methods(struct text *text, unsigned methods)
{
    static const char names[][8] = {"GET", "HEAD", "POST", "OPTIONS", "DELETE"};
    bool first = true;
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if ((methods & 1U << i) == 0)
            continue;
        text_string(text, first ? "" : ", ");
        text_string(text, names[i]);
        first = false;
    }
}

static void field(struct text *text, const char *name, const char *value)
{
    text_string(text, name);
    text_string(text, ": ");
    text_string(text, value);
    text_string(text, "\r\n");
}

static void span_field(struct text *text, const char *name, struct span value)
{
    text_string(text, name);
    text_string(text, ": ");
    text_span(text, value);
    text_string(text, "\r\n");
}

static void number_field(struct text *text, const char *name, uint64_t value)
{
    text_string(text, name);
    text_string(text, ": ");
    text_number(text, value);
    text_string(text, "\r\n");
}

/* "*" allows every header but Authorization, which must be named (Fetch standard, 4.8). */
static void cors_fields(struct text *text, bool preflight)
{
    field(text, "Access-Control-Allow-Headers", preflight ? "*, Authorization, Last-Event-ID" : "*");
    field(text, "Access-Control-Allow-Methods", preflight ? "GET, HEAD, POST, DELETE" : "GET");
    field(text, "Access-Control-Allow-Origin", "*");
}

static void allow_field(struct text *text, unsigned methods)
{
    text_string(text, "Allow: ");
    text_methods(text, methods);
    text_string(text, "\r\n");
}

/* HTTP/1.1 persists unless told otherwise, HTTP/1.0 the other way round (RFC 9112, 9.3). */
static void connection_field(struct text *text, const struct response *response, int minor)
{
    if (response->persists && (response->keep_alive || minor == 0))
        field(text, "Connection", "keep-alive");
    else if (!response->persists && minor > 0)
        field(text, "Connection", "close");
}

/* Of the statuses without a body, 205 is the one that readers do not take to end with its head (RFC 9112, 6.3). */
static void framing_field(struct text *text, const struct response *response)
{
    if (response->framing == FRAMING_NONE && response->status == 205)
        number_field(text, "Content-Length", 0);
    if (response->framing == FRAMING_LENGTH)
        number_field(text, "Content-Length", response->length);
    if (response->framing == FRAMING_CHUNKED)
        field(text, "Transfer-Encoding", "chunked");
}

void response_head(struct text *text, const struct response *response, int minor, int64_t realtime)
{
    text_string(text, minor > 0 ? "HTTP/1.1 " : "HTTP/1.0 ");
    text_number(text, (uint64_t)response->status);
    text_string(text, " ");
    if (response->reason.at != NULL)
        text_span(text, response->reason);
    else
        text_string(text, status_phrase(response->status));
    text_string(text, "\r\n");
    if (!response->has_own_cors)
        cors_fields(text, response->preflight);
    if (response->allow != 0)
        allow_field(text, response->allow);
    if (response->no_cache)
        field(text, "Cache-Control", "no-cache");
    connection_field(text, response, minor);
    if (response->type.length > 0)
        span_field(text, "Content-Type", response->type);
    text_span(text, response->fields);
    if (response->counted)
        number_field(text, "X-Expected-Events", response->expected_events);
    if (realtime != NO_DATE) {
        text_string(text, "Date: ");
        calendar_http_date(text, realtime);
        text_string(text, "\r\n");
    }
    framing_field(text, response);
    text_string(text, "\r\n");
}

void chunk_line(struct text *text, uint64_t length)
{
    text_hex(text, length);
    text_string(text, "\r\n");
}

void chunk(struct text *text, struct span content)
{
    chunk_line(text, content.length);
    text_span(text, content);
    text_string(text, "\r\n");
}
