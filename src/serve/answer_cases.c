/* GET /cases: the named cases, as JSON if Accept names it, else as a table. Refuses a query, which selects nothing. */
#include "cases/cases.h"
#include "http/media_type.h"
#include "serve/answers.h"
#include "serve/reply.h"

void answer_cases(struct connection *connection)
{
    if (connection->exchange.request.query.length > 0) {
        reply_refusal(connection, refuse(&connection->exchange.refusal, 400,
                                         "/cases accepts no parameters; it lists all cases, and the stream of one is "
                                         "/stream?case=NAME"));
        return;
    }
    struct text text = text_in(connection->cold->pieces.bytes, sizeof connection->cold->pieces.bytes);
    bool is_json = media_type_is_accepted(connection->exchange.request.head, "application/json");
    if (is_json)
        cases_json(&text);
    else
        cases_table(&text);
    struct response response = {
        .type = span_of(is_json ? "application/json" : "text/plain; charset=utf-8"),
        .fields = span_of("Vary: Accept\r\n" RESPONSE_NOSNIFF),
    };
    reply_whole(connection, &response, text_written(&text));
}
