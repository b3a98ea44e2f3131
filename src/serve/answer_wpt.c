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

/* Tells the call what came earlier under its key. Returns 0, or 503. */
static int look_back(struct connection *connection, const char *key, struct call *call)
{
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct cold *cold = connection->cold;
    size_t count;
    if (!journal_list(scoreboard, cold->entries, &count))
        return refuse(&connection->exchange.refusal, 503, scoreboard->why);
    for (size_t i = 0; i < count; i++)
        if (journal_copy(scoreboard, &cold->entries[i], key, &cold->attempt, &cold->details))
            call_note_earlier(call, &cold->attempt);
    return 0;
}

/* Returns 0, or the status of the refusal; the query is then empty. */
static int translate(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    const struct handler *handler = handlers_find(exchange->request.path);
    struct text query = text_in(connection->form, sizeof connection->form);
    struct call call = {.request = &exchange->request, .query = &query, .refusal = &exchange->refusal};
    char key[LIMIT_KEY];
    int status = handlers_key(handler, &call, key);
    bool looks_back = *key != '\0' && exchange->request.method != METHOD_OPTIONS;
    if (status == 0 && looks_back)
        status = look_back(connection, key, &call);
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
