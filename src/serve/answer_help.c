/* GET /help: the paths and the parameters, from their tables. JSON for a client that accepts it, text for all others.
 */
#include "http/media_type.h"
#include "plan/parameters.h"
#include "plan/parameters_json.h"
#include "serve/answers.h"
#include "serve/reply.h"
#include "serve/routes.h"

static void send_help(struct connection *connection, const char *type, struct span body)
{
    struct response response = {
        .type = span_of(type),
        .fields = span_of("Vary: Accept\r\n" RESPONSE_NOSNIFF),
    };
    reply_whole(connection, &response, body);
}

void answer_help_text(struct connection *connection)
{
    struct text help = text_in(connection->cold->pieces.bytes, sizeof connection->cold->pieces.bytes);
    routes_text(&help);
    text_string(&help, "\n");
    parameters_help(&help);
    send_help(connection, "text/plain; charset=utf-8", text_written(&help));
}

static void answer_help_json(struct connection *connection)
{
    struct text help = text_in(connection->cold->pieces.bytes, sizeof connection->cold->pieces.bytes);
    text_string(&help, "{\"paths\":");
    routes_json(&help);
    text_string(&help, ",\n\"parameters\":");
    parameters_json(&help);
    text_string(&help, "}\n");
    send_help(connection, "application/json", text_written(&help));
}

void answer_help(struct connection *connection)
{
    if (media_type_is_accepted(connection->exchange.request.head, "application/json"))
        answer_help_json(connection);
    else
        answer_help_text(connection);
}
