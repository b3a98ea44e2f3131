/* GET /help: the paths, and the parameters of a stream, each out of its table. */
#include "serve/answer.h"
#include "serve/answers.h"
#include "serve/reply.h"
#include "stream/parameters.h"

void answer_help(struct connection *connection)
{
    struct text help = text_in(connection->far->pieces.bytes, sizeof connection->far->pieces.bytes);
    paths_text(&help);
    text_string(&help, "\n");
    help_text(&help);
    struct response response = {
        .status = 200,
        .framing = FRAMING_LENGTH,
        .length = help.length,
        .type = span_of("text/plain; charset=utf-8"),
    };
    answer_head(connection, &response);
    if (connection->exchange.request.method != METHOD_HEAD)
        out_span(&connection->out, text_written(&help));
    (void)out_flush(&connection->out);
}
