/* From a path to its answer. The table of paths is here, and what every request is asked before it gets one. */
#include "serve/answer.h"

#include "base/json.h"
#include "http/method.h"
#include "http/percent.h"
#include "serve/answers.h"
#include "serve/reply.h"
#include "wpt/handlers.h"

static const struct route {
    const char *path;
    unsigned methods;
    void (*answer)(struct connection *connection);
    void (*options)(struct connection *connection, unsigned methods); /* NULL: as all others */
    const char *help;
} routes[] = {
    {"/stream", METHOD_GET | METHOD_HEAD | METHOD_POST | METHOD_OPTIONS, answer_stream, answer_stream_options,
     "an event stream, as its parameters have it"},
    {"/status", METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_status, NULL, "the streams that run now, as JSON"},
    {"/expect", METHOD_GET | METHOD_HEAD | METHOD_POST | METHOD_OPTIONS, answer_expect, NULL,
     "what a client is to make of the stream with the same parameters, as JSON"},
    {"/log", METHOD_GET | METHOD_HEAD | METHOD_DELETE | METHOD_OPTIONS, answer_log, NULL,
     "what clients did, as JSON: /log?key=NAME under that key; DELETE forgets it"},
    {"/cases", METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_cases, NULL,
     "the named cases, as a table; as JSON with Accept: application/json"},
    {"/help", METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_help, NULL, "this text"},
    {"/", METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_page, NULL,
     "a page to try streams with, for browsers; this text for others"},
};

/* Many paths, which a table of their own has; all are answered alike. */
static const struct route suite = {RESOURCES, METHOD_GET | METHOD_HEAD | METHOD_OPTIONS, answer_wpt, answer_wpt_options,
                                   "and /common/redirect.py: what the EventSource tests of web-platform-tests ask for"};

enum { HELP_COLUMN = 9 };

static const struct route *find_route(struct span path)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        if (percent_decodes_to(path, routes[i].path))
            return &routes[i];
    return handler_find(path) != NULL ? &suite : NULL;
}

static void path_text(struct text *text, const struct route *route)
{
    size_t column = text->length + HELP_COLUMN;
    text_string(text, route->path);
    do
        text_string(text, " ");
    while (text->length < column && !text->truncated);
    text_string(text, route->help);
    text_string(text, "\n");
}

void routes_text(struct text *text)
{
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
        path_text(text, &routes[i]);
    path_text(text, &suite);
}

static void methods_json(struct text *text, unsigned methods)
{
    text_string(text, ",\"methods\":");
    for (unsigned method = METHOD_GET, first = 1; method <= METHOD_DELETE; method <<= 1) {
        if ((methods & method) == 0)
            continue;
        text_string(text, first ? "[\"" : ",\"");
        method_names(text, method);
        text_string(text, "\"");
        first = 0;
    }
    text_string(text, "]");
}

static void path_json(struct text *text, const struct route *route)
{
    text_string(text, "{\"path\":");
    json_string(text, span_of(route->path));
    methods_json(text, route->methods);
    text_string(text, ",\"help\":");
    json_string(text, span_of(route->help));
    text_string(text, "}");
}

void routes_json(struct text *text)
{
    text_string(text, "[");
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        path_json(text, &routes[i]);
        text_string(text, ",\n");
    }
    path_json(text, &suite);
    text_string(text, "]");
}

/* The page alone: whoever is to type the token into it has it not sent yet. */
static bool is_open(const struct exchange *exchange)
{
    return exchange->route != NULL && exchange->route->answer == answer_page &&
           answer_page_is_wanted(&exchange->request);
}

static int admit_token(const struct connection *connection, struct refusal *refusal)
{
    switch (connection->token.state) {
    case TOKEN_NONE:
        return 0;
    case TOKEN_UNKNOWN:
        return refuse(refusal, 503, "the server's token cannot be read, so nobody is served");
    case TOKEN_SET:
        break;
    }
    if (is_open(&connection->exchange) || token_matches(&connection->token, connection->exchange.request.authorization))
        return 0;
    return refuse(refusal, 401, "no \"Authorization: Bearer\" with the right token");
}

static int admit_path(const struct request *request, const struct route *route, struct refusal *refusal)
{
    if (!percent_is_valid(request->path))
        return refuse(refusal, 400, "a \"%\" in the path is not followed by two hexadecimal digits");
    if (route == NULL)
        return refuse(refusal, 404, "there is nothing at this path; GET /help tells what there is");
    if ((route->methods & request->method) != 0)
        return 0;
    int status = refuse(refusal, 405, "this method is not allowed here; allowed: ");
    method_names(&refusal->reason, route->methods);
    return status;
}

int answer_admit(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    exchange->route = find_route(exchange->request.path);
    exchange->allowed = exchange->route != NULL ? exchange->route->methods : 0;
    if (exchange->request.method == METHOD_OPTIONS)
        return 0;
    int status = admit_token(connection, &exchange->refusal);
    return status != 0 ? status : admit_path(&exchange->request, exchange->route, &exchange->refusal);
}

/* OPTIONS: what the path allows; "*" and a path that does not exist, what the server does (RFC 9110, 9.3.7). */
static void answer_options(struct connection *connection)
{
    const struct route *route = connection->exchange.route;
    struct response response = {
        .status = 204,
        .preflight = true,
        .allow = route != NULL ? route->methods : METHOD_ANY,
    };
    reply_head(connection, &response);
    (void)writer_flush(&connection->writer);
}

void answer_request(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    const struct route *route = exchange->route;
    if (exchange->request.method != METHOD_OPTIONS && route != NULL)
        route->answer(connection);
    else if (route != NULL && route->options != NULL)
        route->options(connection, route->methods);
    else
        answer_options(connection);
}
