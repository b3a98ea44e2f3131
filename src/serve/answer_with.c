/*
 * /with/EXPERIMENT/ANY/PATH, for clients that take a base URL: the stream of /stream?EXPERIMENT. Also the paths of LLM
 * APIs: /stream without parameters, in the format of the API. The query and the body of the URL belong to the client.
 * Refuses an experiment that is empty or not well-formed.
 */
#include "formats/formats.h"
#include "http/percent.h"
#include "serve/answers.h"
#include "serve/providers.h"
#include "serve/reply.h"

/* Reads the client's own URL: the format, and the events that the client has. Runs first: the query is replaced. */
static void take_format(struct exchange *exchange)
{
    const char *name = providers_format(exchange->request.path);
    if (name == NULL)
        return;
    exchange->content.format = formats_find(span_of(name));
    exchange->content.is_whole = providers_want_whole(exchange->request.path);
    if (exchange->content.format == &formats_gemini)
        exchange->content.model = providers_model(exchange->request.path);
    if (exchange->content.format == &formats_openai_responses)
        exchange->content.skipped = providers_skipped(exchange->request.query);
}

static int refuse_experiment(struct refusal *refusal, const char *what)
{
    int status = refuse(refusal, 400, what);
    text_string(&refusal->reason, "; write /with/EXPERIMENT/ANY/PATH, where EXPERIMENT is the query of /stream with / "
                                  "? # % encoded, such as /with/count=3&interval=0/v1");
    return status;
}

/* The second segment becomes the query. It is decoded elsewhere: the target must stay as it arrived. */
static int decode_experiment(struct connection *connection)
{
    struct request *request = &connection->exchange.request;
    struct text text = text_in(connection->cold->experiment, sizeof connection->cold->experiment);
    struct span rest = span_after(request->path, 1);
    (void)span_cut(&rest, '/');
    percent_decode(&text, span_cut(&rest, '/'));
    request->query = request->experiment = text_written(&text);
    if (!percent_is_valid(request->path))
        return refuse_experiment(&connection->exchange.refusal,
                                 "a \"%\" in the path is not followed by two hexadecimal digits");
    if (text.length == 0)
        return refuse_experiment(&connection->exchange.refusal, "the path has no experiment");
    if (!percent_is_valid(request->query))
        return refuse_experiment(&connection->exchange.refusal,
                                 "a \"%\" in the experiment is not followed by two hexadecimal digits");
    return 0;
}

void answer_with(struct connection *connection)
{
    take_format(&connection->exchange);
    int status = decode_experiment(connection);
    if (status != 0)
        reply_refusal(connection, status);
    else
        answer_stream(connection);
}

/* Ignores a wrong experiment, as OPTIONS of a stream ignores wrong parameters. */
void answer_with_options(struct connection *connection, unsigned methods)
{
    if (decode_experiment(connection) != 0)
        connection->exchange.request.query = span_of("");
    answer_stream_options(connection, methods);
}

void answer_provider(struct connection *connection)
{
    take_format(&connection->exchange);
    connection->exchange.request.query = span_of("");
    answer_stream(connection);
}

void answer_provider_options(struct connection *connection, unsigned methods)
{
    connection->exchange.request.query = span_of("");
    answer_stream_options(connection, methods);
}
