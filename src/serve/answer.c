/*
 * Answering. Everything that is not 200 or 204 goes through answer_refusal(): a status and one line of text/plain. What
 * fails while writing is the connection's end, which its `out` remembers.
 */
#include "serve/answer.h"

#include "base/clock.h"
#include "base/log.h"
#include "board/status.h"
#include "http/form.h"
#include "http/response.h"
#include "stream/stream.h"

static void answer_stream(struct connection *connection);
static void answer_status(struct connection *connection);

static const struct route {
    const char *path;
    unsigned methods;
    void (*answer)(struct connection *connection);
} routes[] = {
    {"/status", METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_status},
    {"/stream", METHOD_GET | METHOD_HEAD | METHOD_POST | METHOD_OPTIONS, answer_stream},
};

enum { ANY_METHOD = METHOD_GET | METHOD_HEAD | METHOD_POST | METHOD_OPTIONS };

static const struct route *find_route(struct span path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (percent_decodes_to(path, routes[i].path))
            return &routes[i];
    return NULL;
}

static int admit_token(const struct connection *connection, struct refusal *refusal)
{
    switch (connection->token.state) {
    case TOKEN_NONE:
        return 0;
    case TOKEN_UNKNOWN:
        return refuse(refusal, 503, "the server's token cannot be read, so nobody is served");
    case TOKEN_SET:
        break;
    }
    if (token_matches(&connection->token, connection->exchange.request.authorization))
        return 0;
    return refuse(refusal, 401, "no \"Authorization: Bearer\" with the right token");
}

static int admit_path(const struct request *request, const struct route *route, struct refusal *refusal)
{
    if (!percent_valid(request->path))
        return refuse(refusal, 400, "a \"%\" in the path is not followed by two hexadecimal digits");
    if (route == NULL)
        return refuse(refusal, 404, "there is nothing at this path; there is /stream and /status");
    if ((route->methods & request->method) != 0)
        return 0;
    int status = refuse(refusal, 405, "this method is not allowed here; allowed: ");
    text_methods(&refusal->reason, route->methods);
    return status;
}

int admit(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    exchange->route = find_route(exchange->request.path);
    if (exchange->request.method == METHOD_OPTIONS)
        return 0;
    int status = admit_token(connection, &exchange->refusal);
    return status != 0 ? status : admit_path(&exchange->request, exchange->route, &exchange->refusal);
}

/* Puts a head into the output, to leave with the first bytes of its body. */
static void gather_head(struct connection *connection, struct response *response)
{
    struct exchange *exchange = &connection->exchange;
    char room[LIMIT_RESPONSE_HEAD];
    struct text head = text_in(room, sizeof room);
    if (response->framing == FRAMING_CLOSE)
        exchange->persists = false;
    response->persists = exchange->persists;
    exchange->status = response->status;
    response_head(&head, response, exchange->request.minor, clock_realtime());
    out_span(&connection->out, text_written(&head));
}

/* The fields that go with a refusal, beside its text. */
static const char *refusal_fields(int status)
{
    if (status == 401)
        return "WWW-Authenticate: Bearer\r\n";
    if (status == 503)
        return "Retry-After: 5\r\nX-Content-Type-Options: nosniff\r\n";
    return "X-Content-Type-Options: nosniff\r\n";
}

/* As the original did, 401 has no body; HEAD never has one (RFC 9110, 9.3.2). */
void answer_refusal(struct connection *connection, int status)
{
    struct exchange *exchange = &connection->exchange;
    struct span reason = text_written(&exchange->refusal.reason);
    bool has_text = status != 401;
    struct response response = {
        .status = status,
        .framing = FRAMING_LENGTH,
        .length = has_text ? reason.length + 1 : 0,
        .content_type = has_text ? "text/plain; charset=utf-8" : NULL,
        .fields = refusal_fields(status),
    };
    if (status == 405 && exchange->route != NULL)
        response.allow = exchange->route->methods;
    gather_head(connection, &response);
    if (has_text && exchange->request.method != METHOD_HEAD) {
        out_span(&connection->out, reason);
        out_span(&connection->out, span_of("\n"));
    }
    (void)out_flush(&connection->out);
}

/* OPTIONS: what the path allows; "*" and a path that does not exist, what the server does (RFC 9110, 9.3.7). */
static void answer_options(struct connection *connection)
{
    const struct route *route = connection->exchange.route;
    struct response response = {
        .status = 204,
        .preflight = true,
        .allow = route != NULL ? route->methods : ANY_METHOD,
    };
    gather_head(connection, &response);
    (void)out_flush(&connection->out);
}

static void send_clients(struct out *out, const struct client *clients, size_t count)
{
    out_span(out, span_of("{"));
    for (size_t i = 0; i < count; i++) {
        char room[STATUS_MEMBER_ROOM];
        struct text member = text_in(room, sizeof room);
        text_string(&member, i > 0 ? "," : "");
        status_member(&member, &clients[i]);
        out_span(out, text_written(&member));
    }
    out_span(out, span_of("}"));
}

static void answer_status(struct connection *connection)
{
    struct board *board = connection->service->board;
    struct out *out = &connection->out;
    size_t count;
    if (!board_read(board, connection->clients, &count)) {
        answer_refusal(connection, refuse(&connection->exchange.refusal, 503, board->why));
        return;
    }
    count = status_sort(connection->clients, count);
    struct response response = {
        .status = 200,
        .framing = FRAMING_LENGTH,
        .length = status_length(connection->clients, count),
        .content_type = "application/json",
    };
    gather_head(connection, &response);
    if (connection->exchange.request.method != METHOD_HEAD)
        send_clients(out, connection->clients, count);
    (void)out_flush(out);
}

static void log_start_of_stream(const char *peer, const struct plan *plan)
{
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_INFO);
    text_string(text, "Starting stream for ");
    text_string(text, peer);
    text_string(text, ", ");
    text_number(text, plan->first);
    text_string(text, " -> ");
    if (plan->counted) {
        text_number(text, plan_end(plan));
        text_string(text, " ");
    }
    text_string(text, "...");
    log_end(&line);
}

static void log_end_of_stream(const char *peer, enum stream_end end)
{
    static const char *const ends[] = {
        [STREAM_SERVED] = NULL,
        [STREAM_GONE] = " closed connection.",
        [STREAM_STALLED] = " stopped reading and was dropped.",
        [STREAM_STOPPED] = " was let go: the server stops.",
    };
    struct log_line line;
    if (ends[end] == NULL)
        return;
    struct text *text = log_start(&line, LOG_LEVEL_INFO);
    text_string(text, "Client ");
    text_string(text, peer);
    text_string(text, ends[end]);
    log_end(&line);
}

static void gather_stream_head(struct connection *connection, const struct plan *plan)
{
    struct response response = {
        .status = 200,
        .framing = connection->exchange.request.minor > 0 ? FRAMING_CHUNKED : FRAMING_CLOSE,
        .content_type = "text/event-stream",
        .keep_alive = true,
        .no_cache = true,
        .counted = plan->counted,
        .expected_events = plan->count,
    };
    gather_head(connection, &response);
}

static void deliver(struct connection *connection, const struct plan *plan, int seat)
{
    struct stream stream = {
        .plan = plan,
        .out = &connection->out,
        .board = connection->service->board,
        .seat = seat,
        .peer = connection->peer,
        .chunked = connection->exchange.request.minor > 0,
    };
    log_start_of_stream(connection->peer, plan);
    log_end_of_stream(connection->peer, stream_deliver(&stream));
}

static int sit(struct connection *connection, const struct plan *plan)
{
    struct client client = {.connected_at = clock_realtime(), .position = plan->first};
    struct text peer = text_in(client.peer, sizeof client.peer - 1);
    text_string(&peer, connection->peer);
    return board_claim(connection->service->board, &client);
}

static void answer_stream(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    struct plan plan;
    int status = plan_make(&exchange->request, exchange->form, &plan, &exchange->refusal);
    int seat = SEAT_NONE;
    if (status == 0 && exchange->request.method != METHOD_HEAD) {
        seat = sit(connection, &plan);
        if (seat == SEAT_FULL)
            status = refuse(&exchange->refusal, 503, "as many streams are running as this server can list");
    }
    if (status != 0) {
        answer_refusal(connection, status);
        return;
    }
    gather_stream_head(connection, &plan);
    if (exchange->request.method == METHOD_HEAD)
        (void)out_flush(&connection->out);
    else
        deliver(connection, &plan, seat);
}

void answer(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    if (exchange->request.method == METHOD_OPTIONS || exchange->route == NULL)
        answer_options(connection);
    else
        exchange->route->answer(connection);
}
