/*
 * What is kept of a body: a form with parameters, a stream to send back, and the first bytes of every body. A body that
 * is too large or does not arrive is refused.
 */
#include "serve/request_body.h"

#include "http/media_type.h"
#include "serve/reply.h"

/* Where the content goes, for keep_content(). */
struct receipt {
    struct text whole;      /* a body that is kept whole; at == NULL: it is not */
    struct text beginning;  /* its first bytes */
    struct json_scan *json; /* NULL: it is not JSON */
};

/* The interim response that the client waits for before it sends its body (RFC 9110, 10.1.1). */
static void invite_body(struct connection *connection)
{
    if (!connection->exchange.request.expects_continue || reader_has_more(connection->reader))
        return;
    writer_span(&connection->writer, span_of("HTTP/1.1 100 Continue\r\n\r\n"));
    (void)writer_flush(&connection->writer);
}

/* The body is part of the experiment: its parameters or its raw piece. Elsewhere it belongs to the client. */
static bool is_read(const struct exchange *exchange)
{
    return exchange->request.method == METHOD_POST && exchange->route != ROUTE_WITH &&
           exchange->route != ROUTE_PROVIDER;
}

static bool is_form(const struct exchange *exchange)
{
    return is_read(exchange) && media_type_is(exchange->request.content_type, "application/x-www-form-urlencoded");
}

static bool is_sent_back(const struct exchange *exchange)
{
    return is_read(exchange) && media_type_is(exchange->request.content_type, "text/event-stream");
}

static uint64_t largest(const struct exchange *exchange)
{
    if (is_form(exchange))
        return LIMIT_FORM;
    return routes_are_streams(exchange->route) && !is_sent_back(exchange) ? LIMIT_UPLOAD : LIMIT_BODY;
}

static void keep_content(void *context, struct span content)
{
    struct receipt *receipt = context;
    struct text *beginning = &receipt->beginning;
    size_t left = beginning->capacity - beginning->length;
    text_bytes(beginning, content.at, content.length < left ? content.length : left);
    if (receipt->whole.at != NULL)
        text_span(&receipt->whole, content);
    if (receipt->json != NULL)
        json_scan_bytes(receipt->json, content);
}

/* Only streams, and what is expected of them, depend on a JSON body. */
static bool is_scanned(const struct exchange *exchange)
{
    bool can_be = routes_are_streams(exchange->route) || exchange->route == ROUTE_EXPECT;
    return can_be && media_type_is_json(exchange->request.content_type);
}

int request_body_read(struct connection *connection, struct refusal *refusal)
{
    struct exchange *exchange = &connection->exchange;
    struct cold *cold = connection->cold;
    struct receipt receipt = {.beginning = text_in(cold->beginning, sizeof cold->beginning)};
    struct body body;
    if (is_form(exchange))
        receipt.whole = text_in(connection->form, sizeof connection->form);
    else if (is_sent_back(exchange))
        receipt.whole = text_in(cold->body, sizeof cold->body);
    if (is_scanned(exchange)) {
        receipt.json = &cold->json;
        json_scan_open(receipt.json);
    }
    int status = body_start(&body, &exchange->request, largest(exchange), refusal);
    if (status == 0 && body.part != BODY_DONE) {
        invite_body(connection);
        status = reader_body(connection->reader, &body, keep_content, &receipt, connection->service->head_ms, refusal);
    }
    if (status == 413 && is_form(exchange)) {
        text_string(&refusal->reason, " for a form; a stream of up to ");
        text_number(&refusal->reason, LIMIT_BODY);
        text_string(&refusal->reason, " bytes can be the body, with Content-Type: text/event-stream");
    }
    if (receipt.json != NULL && json_scan_end(receipt.json)->is_json)
        exchange->content.json = &cold->json.found;
    exchange->arrived = (struct arrived){body.content, body.crc, text_written(&receipt.beginning)};
    if (is_form(exchange))
        exchange->content.form = text_written(&receipt.whole);
    else
        exchange->content.stream = text_written(&receipt.whole);
    return status;
}
