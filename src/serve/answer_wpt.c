/*
 * The handlers of web-platform-tests. A call becomes the query of a stream and is answered as that stream. The query is
 * written to the buffer for a form, which is free because only POST has a form.
 */
#include "scoreboard/journal.h"
#include "serve/answers.h"
#include "serve/reply.h"
#include "wpt/handlers.h"

bool answer_wpt_has(struct span path)
{
    return handlers_find(path) != NULL;
}

/* Returns 0, or the status of the refusal; the query is then empty. */
static int translate(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct attempt *attempts = connection->cold->attempts;
    const struct handler *handler = handlers_find(exchange->request.path);
    struct text query = text_in(connection->form, sizeof connection->form);
    struct call call = {&exchange->request, attempts, 0, &query, &exchange->refusal};
    char key[LIMIT_KEY];
    int status = handlers_key(handler, &call, key);
    bool looks_back = *key != '\0' && exchange->request.method != METHOD_OPTIONS;
    if (status == 0 && looks_back && !journal_read(scoreboard, key, attempts, &call.count))
        status = refuse(&exchange->refusal, 503, scoreboard->why);
    if (status == 0)
        status = handlers_run(handler, &call);
    exchange->request.query = status == 0 ? text_written(&query) : span_of("");
    return status;
}

void answer_wpt(struct connection *connection)
{
    int status = translate(connection);
    if (status != 0)
        reply_refusal(connection, status);
    else
        answer_stream(connection);
}

/* Ignores a wrong call, as OPTIONS of a stream does. The request after the preflight gets the refusal. */
void answer_wpt_options(struct connection *connection, unsigned methods)
{
    (void)translate(connection);
    answer_stream_options(connection, methods);
}
