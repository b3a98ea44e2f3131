/*
 * /log: GET sends the journal's attempts, of one key or of all; DELETE forgets a key. The attempts are copied and sent
 * one by one, so the length is not known before.
 */
#include "http/chunked.h"
#include "http/form.h"
#include "http/origin.h"
#include "http/percent.h"
#include "plan/parameters.h"
#include "scoreboard/journal.h"
#include "scoreboard/journal_list.h"
#include "serve/answers.h"
#include "serve/reply.h"

static int refuse_key(struct refusal *refusal)
{
    int status = refuse(refusal, 400, "parameter \"key\" takes ");
    text_string(&refusal->reason, parameters[P_KEY].accepts);
    return status;
}

/* Copies the parameter `key` to `room`, which has LIMIT_KEY bytes; empty if it is missing. Returns 0 or 400. */
static int take_key(struct span query, char *room, struct refusal *refusal)
{
    struct span name, value;
    struct text key = text_in(room, LIMIT_KEY - 1);
    bool given = false;
    while (form_next(&query, &name, &value)) {
        if (!percent_decodes_to(name, "key"))
            return refuse(refusal, 400, "/log accepts only one parameter: key");
        if (given)
            return refuse(refusal, 400, "parameter \"key\" is given twice; it takes one value");
        form_decode(&key, value);
        given = true;
        if (key.truncated || !attempt_is_key(text_written(&key)))
            return refuse_key(refusal);
    }
    room[key.length] = '\0';
    return 0;
}

enum { PART_FRAMING = 32 }; /* more than the size line and the line end of a chunk */

_Static_assert(RECORD_ROOM + PART_FRAMING <= LIMIT_WRITER, "a part fits into the empty output buffer");

static void send_part(struct writer *writer, bool chunked, struct span part)
{
    if (writer->text.capacity - writer->text.length < part.length + PART_FRAMING)
        (void)writer_flush(writer);
    if (chunked)
        chunked_chunk(&writer->text, part);
    else
        text_span(&writer->text, part);
}

static void send_attempts(struct connection *connection, const char *key, size_t count, bool chunked)
{
    struct cold *cold = connection->cold;
    const char *before = "[";
    for (size_t i = 0; i < count && connection->writer.state == WRITER_OPEN; i++) {
        struct text text = text_in(cold->record, sizeof cold->record);
        if (!journal_list_copy(connection->service->scoreboard, &cold->entries[i], key, &cold->attempt, &cold->details))
            continue;
        text_string(&text, before);
        record_json(&text, &cold->attempt, &cold->details);
        send_part(&connection->writer, chunked, text_written(&text));
        before = ",\n";
    }
    send_part(&connection->writer, chunked, span_of(*before == '[' ? "[]\n" : "]\n"));
    if (chunked)
        writer_span(&connection->writer, span_of(CHUNKED_END));
}

static void send_list(struct connection *connection, const char *key, size_t count)
{
    const struct request *request = &connection->exchange.request;
    struct response response = {
        .status = 200,
        .framing = request->minor > 0 ? FRAMING_CHUNKED : FRAMING_CLOSE,
        .type = span_of("application/json"),
        .fields = span_of(RESPONSE_NOSNIFF),
    };
    reply_head(connection, &response);
    if (request->method != METHOD_HEAD)
        send_attempts(connection, key, count, response.framing == FRAMING_CHUNKED);
    (void)writer_flush(&connection->writer);
}

/* Any page can make its visitor's browser send a DELETE to a server on the visitor's machine. A token stops that. */
static bool may_forget(const struct connection *connection)
{
    return connection->token.state == TOKEN_SET || !origin_is_foreign(connection->exchange.request.head);
}

/* Returns 0, or the status of a refusal. */
static int forget_key(struct connection *connection, const char *key)
{
    struct refusal *refusal = &connection->exchange.refusal;
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct response response = {.status = 204};
    if (!may_forget(connection))
        return refuse(refusal, 403, "a page of another origin cannot forget a key, unless the server has a token");
    if (*key == '\0')
        return refuse(refusal, 400, "DELETE needs a key: /log?key=NAME");
    if (!journal_forget(scoreboard, key))
        return refuse(refusal, 503, scoreboard->why);
    reply_head(connection, &response);
    (void)writer_flush(&connection->writer);
    return 0;
}

static int send_log(struct connection *connection, const char *key)
{
    struct scoreboard *scoreboard = connection->service->scoreboard;
    size_t count;
    if (!journal_list_take(scoreboard, connection->cold->entries, &count))
        return refuse(&connection->exchange.refusal, 503, scoreboard->why);
    send_list(connection, *key != '\0' ? key : NULL, count);
    return 0;
}

void answer_log(struct connection *connection)
{
    const struct request *request = &connection->exchange.request;
    char key[LIMIT_KEY];
    int status = take_key(request->query, key, &connection->exchange.refusal);
    if (status == 0)
        status = request->method == METHOD_DELETE ? forget_key(connection, key) : send_log(connection, key);
    if (status != 0)
        reply_refusal(connection, status);
}

void answer_log_options(struct connection *connection, unsigned methods)
{
    struct response response = {.status = 204, .preflight = true, .allow = methods};
    if (!may_forget(connection))
        response.withheld = METHOD_DELETE;
    reply_head(connection, &response);
    (void)writer_flush(&connection->writer);
}
