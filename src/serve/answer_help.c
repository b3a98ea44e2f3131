/*
 * GET /help: the paths, and the parameters of a stream, each out of its table; as text, or as JSON for who asks for
 * that. GET /: the page, for who asks for HTML, and the text for everybody else.
 */
#include "http/media_type.h"
#include "page/page.h"
#include "plan/parameters.h"
#include "plan/parameters_json.h"
#include "serve/answer.h"
#include "serve/answers.h"
#include "serve/reply.h"

#define VARIES "Vary: Accept\r\nX-Content-Type-Options: nosniff\r\n"

static void send_text(struct connection *connection)
{
    struct text help = text_in(connection->cold->pieces.bytes, sizeof connection->cold->pieces.bytes);
    struct response response = {.type = span_of("text/plain; charset=utf-8"), .fields = span_of(VARIES)};
    routes_text(&help);
    text_string(&help, "\n");
    parameters_help(&help);
    reply_whole(connection, &response, text_written(&help));
}

static void send_json(struct connection *connection)
{
    struct text help = text_in(connection->cold->pieces.bytes, sizeof connection->cold->pieces.bytes);
    struct response response = {.type = span_of("application/json"), .fields = span_of(VARIES)};
    text_string(&help, "{\"paths\":");
    routes_json(&help);
    text_string(&help, ",\n\"parameters\":");
    parameters_json(&help);
    text_string(&help, "}\n");
    reply_whole(connection, &response, text_written(&help));
}

void answer_help(struct connection *connection)
{
    if (media_type_is_accepted(connection->exchange.request.head, "application/json"))
        send_json(connection);
    else
        send_text(connection);
}

bool answer_page_is_wanted(const struct request *request)
{
    return (request->method & (METHOD_GET | METHOD_HEAD)) != 0 && media_type_is_accepted(request->head, "text/html");
}

void answer_page(struct connection *connection)
{
    struct response response = {
        .type = span_of("text/html; charset=utf-8"),
        .fields = page_fields(),
        .no_cache = true,
    };
    if (answer_page_is_wanted(&connection->exchange.request))
        reply_whole(connection, &response, page_html());
    else
        send_text(connection);
}
