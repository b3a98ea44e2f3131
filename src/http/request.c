/*
 * Parsing the head of a request. A malformed head ends in a status and a reason, at its first fault.
 *
 * The parser is strict wherever two parties could read one message differently (RFC 9112, 11.2): no folded lines, no
 * bare CR, no NUL, no space before a colon, no two lengths. A line may end in a bare LF, so that people can type a
 * request.
 */
#include "http/request.h"

#include "http/fields.h"
#include "http/method.h"
#include "http/target.h"

#include <string.h>

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
    size_t from = searched > 2 ? searched - 2 : 0; /* the end may begin in the searched bytes: LF CR, LF */
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

/* Takes the next line, without its end. All lines are checked for control bytes here, and nowhere else. */
static int next_line(struct span *rest, struct span *line, struct refusal *refusal)
{
    *line = span_cut(rest, '\n');
    if (line->length > 0 && line->at[line->length - 1] == '\r')
        line->length--;
    for (size_t i = 0; i < line->length; i++) {
        char byte = line->at[i];
        if (byte == '\r')
            return refuse(refusal, 400, "the head has a carriage return without a line feed; lines end in CR LF");
        if (byte == '\0')
            return refuse(refusal, 400, "the head has a NUL byte");
        if ((byte > 0 && byte < ' ' && byte != '\t') || byte == 0x7f)
            return refuse(refusal, 400, "the head has a control character");
    }
    return 0;
}

static int parse_version(struct span version, struct request *request, struct refusal *refusal)
{
    if (version.length != 8 || !span_starts(version, "HTTP/") || version.at[6] != '.' ||
        !span_number((struct span){version.at + 5, 1}, 9, &(uint64_t){0}) ||
        !span_number((struct span){version.at + 7, 1}, 9, &(uint64_t){0}))
        return refuse(refusal, 400, "the request line does not end with a version; accepted: HTTP/1.1 and HTTP/1.0");
    if (version.at[5] != '1')
        return refuse(refusal, 505, "this version of HTTP is not supported; accepted: HTTP/1.1 and HTTP/1.0");
    request->minor = version.at[7] == '0' ? 0 : 1;
    return 0;
}

static int parse_request_line(struct span line, struct request *request, struct refusal *refusal)
{
    struct span rest = line;
    request->method_name = span_cut(&rest, ' ');
    request->target = span_cut(&rest, ' ');
    if (!fields_is_token(request->method_name))
        return refuse(refusal, 400, "this is not an HTTP request: it does not begin with a method");
    request->method = method_of(request->method_name); /* before anything fails: no response to HEAD has a body */
    if (rest.at == NULL || request->target.length == 0 || memchr(line.at, '\t', line.length) != NULL)
        return refuse(refusal, 400,
                      "the request line must be a method, a target and a version, separated by single spaces");
    int status = parse_version(rest, request, refusal);
    if (status != 0)
        return status;
    if (span_is(request->method_name, "CONNECT"))
        return refuse(refusal, 501, "CONNECT is not implemented: this server is not a proxy");
    return target_parse(request->target, request->method == METHOD_OPTIONS, &request->path, &request->query, refusal);
}

typedef int take_field(struct span value, struct request *request, struct refusal *refusal);

static int given_twice(const char *name, struct refusal *refusal)
{
    int status = refuse(refusal, 400, name);
    text_string(&refusal->reason, " is given twice");
    return status;
}

/* Two servers may disagree about which of two values counts, so a second field is refused. */
static int take_once(struct span value, struct span *kept, const char *name, struct refusal *refusal)
{
    if (kept->at != NULL)
        return given_twice(name, refusal);
    *kept = value;
    return 0;
}

static int take_authorization(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->authorization, "Authorization", refusal);
}

static int take_content_type(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->content_type, "Content-Type", refusal);
}

static int take_last_event_id(struct span value, struct request *request, struct refusal *refusal)
{
    return take_once(value, &request->last_event_id, "Last-Event-ID", refusal);
}

static int take_connection_field(struct span value, struct request *request, struct refusal *refusal)
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
        return given_twice("Content-Length", refusal);
    request->has_length = true;
    if (!span_number(value, INT64_MAX, &request->content_length))
        return refuse(refusal, 400, "Content-Length must be a whole number of bytes");
    return 0;
}

static int take_transfer_encoding(struct span value, struct request *request, struct refusal *refusal)
{
    if (request->minor == 0)
        return refuse(refusal, 400, "HTTP/1.0 has no Transfer-Encoding");
    if (request->chunked)
        return given_twice("Transfer-Encoding", refusal);
    if (!span_like(value, "chunked"))
        return refuse(refusal, 501, "this transfer coding is not implemented; accepted: chunked");
    request->chunked = true;
    return 0;
}

static int take_expect(struct span value, struct request *request, struct refusal *refusal)
{
    if (!span_like(value, "100-continue"))
        return refuse(refusal, 417, "this expectation is not supported; accepted: 100-continue");
    request->expects_continue = request->minor > 0;
    return 0;
}

static int take_host(struct span value, struct request *request, struct refusal *refusal)
{
    if (request->has_host)
        return given_twice("Host", refusal);
    request->has_host = true;
    if (!target_host_is_valid(value))
        return refuse(refusal, 400, "Host must be a host name or address, with an optional port");
    return 0;
}

static int parse_field(struct span line, struct request *request, struct refusal *refusal)
{
    static const struct {
        const char *name;
        take_field *take;
    } fields[] = {
        {"Authorization", take_authorization},
        {"Connection", take_connection_field},
        {"Content-Length", take_content_length},
        {"Content-Type", take_content_type},
        {"Expect", take_expect},
        {"Host", take_host},
        {"Last-Event-ID", take_last_event_id},
        {"Transfer-Encoding", take_transfer_encoding},
    };
    if (line.at[0] == ' ' || line.at[0] == '\t')
        return refuse(refusal, 400, "a header field continues on a second line; write it on one line");
    struct span value = line;
    struct span name = span_cut(&value, ':');
    if (value.at == NULL || !fields_is_token(name))
        return refuse(refusal, 400,
                      "a header field must be a name, a colon and a value, without a space before the colon");
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
    request->minor = 1; /* the version of responses to requests that cannot be parsed */
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
        return refuse(refusal, 400, "Content-Length and Transfer-Encoding are both given; send one of them");
    if (status == 0 && request->minor > 0 && !request->has_host)
        return refuse(refusal, 400, "HTTP/1.1 requires a Host field");
    return status;
}

bool request_persists(const struct request *request)
{
    return !request->asks_close && (request->minor > 0 || request->asks_keep_alive);
}
