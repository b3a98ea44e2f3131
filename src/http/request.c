/*
 * Parsing the head of a request. Every malformed head ends in a status and a reason, at the first fault.
 *
 * Strict where leniency lets two parties read one message differently (RFC 9112, 11.2): no folded lines, no bare CR, no
 * NUL, no space before a colon, no two lengths. A line may end in a bare LF, so that a request can be typed.
 */
#include "http/request.h"

#include "http/target.h"

#include <string.h>

bool fields_is_tchar(char byte)
{
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
        return true;
    return byte != '\0' && strchr("!#$%&'*+-.^_`|~", byte) != NULL;
}

static bool is_token(struct span span)
{
    size_t i = 0;
    while (i < span.length && fields_is_tchar(span.at[i]))
        i++;
    return i > 0 && i == span.length;
}

size_t request_skip_empty(const char *bytes, size_t length)
{
    size_t skipped = 0;
    for (;;) {
        if (skipped < length && bytes[skipped] == '\n')
            skipped += 1;
        else if (skipped + 1 < length && bytes[skipped] == '\r' && bytes[skipped + 1] == '\n')
            skipped += 2;
        else
            return skipped;
    }
}

size_t request_head_length(const char *bytes, size_t length, size_t searched)
{
    size_t from = searched > 2 ? searched - 2 : 0; /* the end may have begun in what was searched: LF CR, LF */
    for (size_t i = from; i < length; i++) {
        if (bytes[i] != '\n')
            continue;
        if (i + 1 < length && bytes[i + 1] == '\n')
            return i + 2;
        if (i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n')
            return i + 3;
    }
    return 0;
}

/* The next line without its end. Control bytes are looked for once, here, for the request line and all fields alike. */
static int next_line(struct span *rest, struct span *line, struct refusal *refusal)
{
    *line = span_cut(rest, '\n');
    if (line->length > 0 && line->at[line->length - 1] == '\r')
        line->length--;
    for (size_t i = 0; i < line->length; i++) {
        char byte = line->at[i];
        if (byte == '\r')
            return refuse(refusal, 400, "a carriage return stands alone in the head; a line ends in CR LF");
        if (byte == '\0')
            return refuse(refusal, 400, "there is a NUL in the head");
        if ((byte > 0 && byte < ' ' && byte != '\t') || byte == 0x7f)
            return refuse(refusal, 400, "there is a control character in the head");
    }
    return 0;
}

static enum method method_of(struct span name)
{
    static const struct {
        char name[8];
        enum method method;
    } methods[] = {
        {"GET", METHOD_GET},         {"HEAD", METHOD_HEAD},     {"POST", METHOD_POST},
        {"OPTIONS", METHOD_OPTIONS}, {"DELETE", METHOD_DELETE},
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (span_is(name, methods[i].name))
            return methods[i].method;
    return METHOD_OTHER;
}

static int parse_version(struct span version, struct request *request, struct refusal *refusal)
{
    if (version.length != 8 || !span_starts(version, "HTTP/") || version.at[6] != '.' ||
        !span_number((struct span){version.at + 5, 1}, 9, &(uint64_t){0}) ||
        !span_number((struct span){version.at + 7, 1}, 9, &(uint64_t){0}))
        return refuse(refusal, 400, "the request line does not end in a version; HTTP/1.1 and HTTP/1.0 are accepted");
    if (version.at[5] != '1')
        return refuse(refusal, 505, "this version of HTTP is not served; HTTP/1.1 and HTTP/1.0 are");
    request->minor = version.at[7] == '0' ? 0 : 1;
    return 0;
}

static int parse_request_line(struct span line, struct request *request, struct refusal *refusal)
{
    struct span rest = line;
    request->method_name = span_cut(&rest, ' ');
    request->target = span_cut(&rest, ' ');
    if (!is_token(request->method_name))
        return refuse(refusal, 400, "this is no HTTP request: it does not begin with a method");
    request->method = method_of(request->method_name); /* first: whatever follows, HEAD is answered without a body */
    if (rest.at == NULL || request->target.length == 0 || memchr(line.at, '\t', line.length) != NULL)
        return refuse(refusal, 400, "the request line is not a method, a target and a version with one space between");
    int status = parse_version(rest, request, refusal);
    if (status != 0)
        return status;
    if (span_is(request->method_name, "CONNECT"))
        return refuse(refusal, 501, "CONNECT is not implemented: this is no proxy");
    return target_parse(request, refusal);
}

typedef int take_field(struct span value, struct request *request, struct refusal *refusal);

/* Fields that stand once: a second one, or an empty place for it in what it says, would be read differently by others.
 */
static int take_once(struct span value, struct span *place, struct refusal *refusal, const char *reason)
{
    if (place->at != NULL)
        return refuse(refusal, 400, reason);
    *place = value;
    return 0;
}

static int take_authorization(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->authorization, refusal, "Authorization is given twice");
}

static int take_content_type(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->content_type, refusal, "Content-Type is given twice");
}

static int take_last_event_id(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->last_event_id, refusal, "Last-Event-ID is given twice");
}

static int take_connection(struct span value, struct request *request, struct refusal *refusal)
{
    (void)refusal;
    for (struct span rest = value; rest.at != NULL;) {
        struct span option = span_trim(span_cut(&rest, ','));
        request->asks_close |= span_like(option, "close");
        request->asks_keep_alive |= span_like(option, "keep-alive");
    }
    return 0;
}

static int take_content_length(struct span value, struct request *request, struct refusal *refusal)
{
    if (request->has_length)
        return refuse(refusal, 400, "Content-Length is given twice");
    request->has_length = true;
    if (!span_number(value, INT64_MAX, &request->content_length))
        return refuse(refusal, 400, "Content-Length is not a whole number of bytes");
    return 0;
}

static int take_transfer_encoding(struct span value, struct request *request, struct refusal *refusal)
{
    if (request->minor == 0)
        return refuse(refusal, 400, "Transfer-Encoding is not part of HTTP/1.0");
    if (request->chunked)
        return refuse(refusal, 400, "Transfer-Encoding is given twice");
    if (!span_like(value, "chunked"))
        return refuse(refusal, 501, "this transfer coding is not implemented; chunked is");
    request->chunked = true;
    return 0;
}

static int take_expect(struct span value, struct request *request, struct refusal *refusal)
{
    if (!span_like(value, "100-continue"))
        return refuse(refusal, 417, "this expectation cannot be met; 100-continue can");
    request->expects_continue = request->minor > 0;
    return 0;
}

static int take_host(struct span value, struct request *request, struct refusal *refusal)
{
    if (request->has_host)
        return refuse(refusal, 400, "Host is given twice");
    request->has_host = true;
    if (!target_host_is_valid(value))
        return refuse(refusal, 400, "Host is not a host name or address with an optional port");
    return 0;
}

static int parse_field(struct span line, struct request *request, struct refusal *refusal)
{
    static const struct {
        const char *name;
        take_field *take;
    } fields[] = {
        {"Authorization", take_authorization},
        {"Connection", take_connection},
        {"Content-Length", take_content_length},
        {"Content-Type", take_content_type},
        {"Expect", take_expect},
        {"Host", take_host},
        {"Last-Event-ID", take_last_event_id},
        {"Transfer-Encoding", take_transfer_encoding},
    };
    if (line.at[0] == ' ' || line.at[0] == '\t')
        return refuse(refusal, 400, "a header field is folded over two lines");
    struct span value = line;
    struct span name = span_cut(&value, ':');
    if (value.at == NULL || !is_token(name))
        return refuse(refusal, 400,
                      "a header field is not a name, a colon and a value, with no space before the colon");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (span_like(name, fields[i].name))
            return fields[i].take(span_trim(value), request, refusal);
    return 0;
}

int request_parse(struct span head, struct request *request, struct refusal *refusal)
{
    struct span line;
    memset(request, 0, sizeof *request);
    request->head = head;
    request->minor = 1; /* answers to what cannot be parsed are in the latest version we speak */
    int status = next_line(&head, &line, refusal);
    if (status == 0)
        status = parse_request_line(line, request, refusal);
    while (status == 0 && head.at != NULL) {
        status = next_line(&head, &line, refusal);
        if (status == 0 && line.length == 0)
            break;
        if (status == 0)
            status = parse_field(line, request, refusal);
    }
    if (status == 0 && request->chunked && request->has_length)
        return refuse(refusal, 400, "both Content-Length and Transfer-Encoding are given");
    if (status == 0 && request->minor > 0 && !request->has_host)
        return refuse(refusal, 400, "HTTP/1.1 requires a Host field");
    return status;
}

bool request_persists(const struct request *request)
{
    return !request->asks_close && (request->minor > 0 || request->asks_keep_alive);
}
