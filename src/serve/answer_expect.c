/*
 * GET /expect: what a conforming client dispatches for the stream with these parameters. The JSON is written twice:
 * first to measure its length, then to the client.
 */
#include "base/clock.h"
#include "expect/expect.h"
#include "serve/answers.h"
#include "serve/connection_plan.h"
#include "serve/reply.h"

static void count_json(void *length, struct span json)
{
    *(uint64_t *)length += json.length;
}

static void gather_json(void *writer, struct span json)
{
    writer_span(writer, json);
}

static void send_expectation(struct connection *connection, int64_t realtime)
{
    struct expect_room *room = &connection->cold->expect;
    struct response response = {
        .status = 200,
        .framing = FRAMING_LENGTH,
        .type = span_of("application/json"),
        .fields = span_of(RESPONSE_NOSNIFF),
    };
    connection_plan_open(connection);
    expect_write(&connection->source, realtime, room, count_json, &response.length);
    reply_head(connection, &response);
    connection_plan_open(connection);
    if (connection->exchange.request.method != METHOD_HEAD)
        expect_write(&connection->source, realtime, room, gather_json, &connection->writer);
    (void)writer_flush(&connection->writer);
}

void answer_expect(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    int64_t now = clock_realtime();
    int status = connection_plan_make(connection);
    if (status == 0) {
        connection_plan_open(connection);
        status = expect_check(&connection->source, now, &exchange->refusal);
    }
    if (status != 0)
        reply_refusal(connection, status);
    else
        send_expectation(connection, now);
}
