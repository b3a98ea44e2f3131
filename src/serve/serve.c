/*
 * The life of a connection: read a request, answer it, repeat if both sides keep the connection open. It ends when
 * either side closes it, after a request whose end is unknown, or when the process is told to stop. No way to end is an
 * error.
 */
#include "serve/serve.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/response.h"
#include "serve/answer.h"
#include "serve/reply.h"
#include "serve/request_body.h"

#include <string.h>
#include <sys/socket.h>

static bool is_socket(int fd)
{
    int type;
    socklen_t length = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0;
}

static void open_connection(struct connection *connection, int in, int out, const char *peer)
{
    const struct service *service = connection->service;
    connection->peer = peer;
    reader_open(connection->reader, in, is_socket(in));
    connection->reader->on_silence = service->on_silence;
    writer_open(&connection->writer, out, in == out ? connection->reader->is_socket : is_socket(out),
                service->write_ms);
    connection->token.room = connection->cold->token;
    token_read(&connection->token, service->token_file, service->token_value);
    if (connection->token.state == TOKEN_UNKNOWN)
        token_log_unknown(service->token_file, connection->token.why);
}

/*
 * "<- ADDR: GET /stream?count=2 200 (2.000897942s)", and the reason if it was refused. Not inlined: the line would be
 * part of a frame that a stream keeps, and need another page.
 */
__attribute__((noinline)) static void log_exchange(const struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    const struct request *request = &exchange->request;
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_INFO);
    text_string(text, "<- ");
    text_string(text, connection->peer);
    text_string(text, ": ");
    if (request->target.length > 0) {
        text_printable(text, request->method_name, 20);
        text_string(text, " ");
        text_printable(text, request->target, 400);
        text_string(text, " ");
    }
    text_number(text, (uint64_t)exchange->status);
    text_string(text, " (");
    calendar_duration(text, clock_monotonic() - exchange->began);
    text_string(text, ")");
    if (exchange->refusal.reason.length > 0) {
        text_string(text, ": ");
        text_span(text, text_written(&exchange->refusal.reason));
    }
    log_end(&line);
}

/*
 * If a request is not admitted, the client learns that even if the body is broken too. With "Expect: 100-continue" the
 * body of such a request is not read: the client gets the final response instead of "100 Continue".
 */
static int read_rest(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    struct refusal unused = {.room = NULL};
    int refused = answer_admit(connection);
    if (refused != 0 && exchange->request.expects_continue)
        return refused;
    int status = request_body_read(connection, refused != 0 ? &unused : &exchange->refusal);
    if (status == READER_CLOSED)
        return READER_CLOSED;
    exchange->whole = status == 0;
    return refused != 0 ? refused : status;
}

/* Reads and admits a request. Returns 0, the status of the refusal, or READER_CLOSED. */
static int read_request(struct connection *connection)
{
    const struct service *service = connection->service;
    struct exchange *exchange = &connection->exchange;
    struct span head;
    memset(exchange, 0, sizeof *exchange);
    exchange->content.room = connection->cold->value;
    exchange->refusal.room = connection->cold->reason;
    exchange->request.minor = 1; /* as request_parse() sets it; a refusal may come before that */
    int status = reader_head(connection->reader, service->idle_ms, service->head_ms, &head, &exchange->refusal);
    exchange->began = clock_monotonic();
    if (status == 0)
        status = request_parse(head, &exchange->request, &exchange->refusal);
    return status != 0 ? status : read_rest(connection);
}

/* Serves one request. False if the connection ends after it. */
static bool serve_request(struct connection *connection, bool last)
{
    struct exchange *exchange = &connection->exchange;
    int status = read_request(connection);
    if (status == READER_CLOSED)
        return false;
    exchange->persists = exchange->whole && !last && request_persists(&exchange->request);
    if (status == 0)
        answer_request(connection);
    else
        reply_refusal(connection, status);
    log_exchange(connection);
    return exchange->persists && connection->writer.state == WRITER_OPEN && !connection->writer.stopping;
}

/* Closing a socket with unread bytes resets the connection, and the response may get lost. Only then linger. */
static void end_connection(struct connection *connection)
{
    if (connection->exchange.whole && !reader_is_unread(connection->reader))
        return;
    writer_end(&connection->writer);
    reader_linger(connection->reader);
}

void serve_connection(struct connection *connection, int in, int out, const char *peer)
{
    int requests = 0;
    struct pair few[PAIRS_FEW]; /* on the stack, whose page each process has anyway */
    connection->pairs = (struct pairs){.few = few, .many = connection->cold->pairs};
    open_connection(connection, in, out, peer);
    while (serve_request(connection, ++requests == LIMIT_REQUESTS))
        ;
    bool was_answered = connection->exchange.status != 0;
    if (was_answered && !connection->exchange.resets && connection->writer.state == WRITER_OPEN &&
        !connection->writer.stopping)
        end_connection(connection);
}

void serve_turned_away(struct text *text, int status, const char *reason)
{
    const struct response response = {
        .status = status,
        .framing = FRAMING_LENGTH,
        .length = span_of(reason).length,
        .type = span_of("text/plain; charset=utf-8"),
        .fields = span_of(RESPONSE_RETRY_LATER RESPONSE_NOSNIFF),
    };
    response_head(text, &response, 1, RESPONSE_NO_DATE);
    text_string(text, reason);
}
