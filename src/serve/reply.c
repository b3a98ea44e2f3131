/* Heads and refusals. A failed write ends the connection; its writer remembers that. */
#include "serve/reply.h"

#include "base/clock.h"
#include "plan/response_fields.h"

static void write_head(struct text *text, struct exchange *exchange, struct response *response)
{
    if (response->framing == FRAMING_CLOSE)
        exchange->persists = false;
    response->persists = exchange->persists;
    exchange->status = response->status;
    response_head(text, response, exchange->request.minor, clock_realtime());
}

void reply_head(struct connection *connection, struct response *response)
{
    write_head(&connection->writer.text, &connection->exchange, response);
}

void reply_long_head(struct connection *connection, struct response *response, struct text *room)
{
    *room = text_in(room->at + room->length, room->capacity - room->length);
    write_head(room, &connection->exchange, response);
    writer_span(&connection->writer, text_written(room));
}

void reply_whole(struct connection *connection, struct response *response, struct span body)
{
    response->status = 200;
    response->framing = FRAMING_LENGTH;
    response->length = body.length;
    reply_head(connection, response);
    if (connection->exchange.request.method != METHOD_HEAD)
        writer_span(&connection->writer, body);
    (void)writer_flush(&connection->writer);
}

static const char *refusal_fields(int status)
{
    if (status == 401)
        return "WWW-Authenticate: Bearer\r\n";
    if (status == 503)
        return RESPONSE_RETRY_LATER RESPONSE_NOSNIFF;
    return RESPONSE_NOSNIFF;
}

/* 401 has no body, as in the original Go program. HEAD never has one (RFC 9110, 9.3.2). */
void reply_refusal(struct connection *connection, int status)
{
    struct exchange *exchange = &connection->exchange;
    struct span reason = text_written(&exchange->refusal.reason);
    bool has_text = status != 401;
    const char *type = has_text ? "text/plain; charset=utf-8" : "";
    struct response response = {
        .status = status,
        .framing = FRAMING_LENGTH,
        .length = has_text ? reason.length + 1 : 0,
        .type = span_of(type),
        .fields = span_of(refusal_fields(status)),
    };
    if (status == 405)
        response.allow = routes_methods(exchange->route);
    reply_head(connection, &response);
    if (has_text && exchange->request.method != METHOD_HEAD) {
        writer_span(&connection->writer, reason);
        writer_span(&connection->writer, span_of("\n"));
    }
    (void)writer_flush(&connection->writer);
}

static void write_error(struct text *body, const struct connection *connection, int status)
{
    struct span reason = text_written(&connection->exchange.refusal.reason);
    if (connection->plan.format != NULL) {
        format_refusal(body, connection->plan.format, status, reason);
        return;
    }
    text_span(body, reason);
    text_string(body, "\n");
}

void reply_error(struct connection *connection, int status, struct text *fields)
{
    const struct plan *plan = &connection->plan;
    const char *type = plan->format != NULL ? "application/json" : "text/plain; charset=utf-8";
    text_string(fields, RESPONSE_NOSNIFF);
    struct text body = text_in(fields->at + fields->length, fields->capacity - fields->length);
    write_error(&body, connection, status);
    struct response response = {
        .status = status,
        .framing = FRAMING_LENGTH,
        .length = body.length,
        .type = span_of(type),
        .fields = text_written(fields),
        .has_own_cors = plan_has_own_cors(plan),
    };
    struct text head = text_in(body.at + body.length, body.capacity - body.length);
    reply_long_head(connection, &response, &head);
    if (connection->exchange.request.method != METHOD_HEAD)
        writer_span(&connection->writer, text_written(&body));
    (void)writer_flush(&connection->writer);
}
