/* GET /status: the connected clients, or 503 and the reason if the shared file cannot be used. */
#include "scoreboard/status.h"
#include "serve/answers.h"
#include "serve/reply.h"

static void send_clients(struct writer *writer, const struct client *clients, size_t count)
{
    writer_span(writer, span_of("{"));
    for (size_t i = 0; i < count; i++) {
        char room[STATUS_MEMBER_ROOM];
        struct text member = text_in(room, sizeof room);
        text_string(&member, i > 0 ? "," : "");
        status_member(&member, &clients[i]);
        writer_span(writer, text_written(&member));
    }
    writer_span(writer, span_of("}"));
}

void answer_status_options(struct connection *connection, unsigned methods)
{
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct response response = {.status = 204, .preflight = true, .allow = methods};
    if (!scoreboard_answers(scoreboard)) {
        reply_refusal(connection, refuse(&connection->exchange.refusal, 503, scoreboard->why));
        return;
    }
    reply_head(connection, &response);
    (void)writer_flush(&connection->writer);
}

void answer_status(struct connection *connection)
{
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct writer *writer = &connection->writer;
    size_t count;
    if (!scoreboard_read(scoreboard, connection->clients, &count)) {
        reply_refusal(connection, refuse(&connection->exchange.refusal, 503, scoreboard->why));
        return;
    }
    count = status_sort(connection->clients, count);
    struct response response = {
        .status = 200,
        .framing = FRAMING_LENGTH,
        .length = status_length(connection->clients, count),
        .type = span_of("application/json"),
    };
    reply_head(connection, &response);
    if (connection->exchange.request.method != METHOD_HEAD)
        send_clients(writer, connection->clients, count);
    (void)writer_flush(writer);
}
