/* Admission and dispatch. A refused request has a status and a reason; serve.c sends them. */
#include "serve/answer.h"

#include "http/fields.h"
#include "http/method.h"
#include "http/percent.h"
#include "serve/answers.h"
#include "serve/reply.h"
#include "serve/routes.h"

static void (*const answers[ROUTES])(struct connection *connection) = {
    [ROUTE_STREAM] = answer_stream, [ROUTE_STATUS] = answer_status, [ROUTE_EXPECT] = answer_expect,
    [ROUTE_LOG] = answer_log,       [ROUTE_CASES] = answer_cases,   [ROUTE_HELP] = answer_help,
    [ROUTE_PAGE] = answer_page,     [ROUTE_WITH] = answer_with,     [ROUTE_PROVIDER] = answer_provider,
    [ROUTE_WPT] = answer_wpt,
};

/* Without a token a browser gets only the page, so that its user can type the token there. */
static bool needs_token(const struct exchange *exchange)
{
    return exchange->route != ROUTE_PAGE || !answer_page_is_wanted(&exchange->request);
}

/* The SDKs of some providers can send their key only in a field of their own. */
static bool carries_token(const struct token *token, const struct request *request)
{
    return token_matches(token, request->authorization) ||
           token_matches_key(token, fields_find(request->head, "X-Api-Key")) ||
           token_matches_key(token, fields_find(request->head, "X-Goog-Api-Key"));
}

static int admit_token(const struct connection *connection, struct refusal *refusal)
{
    const struct exchange *exchange = &connection->exchange;
    switch (connection->token.state) {
    case TOKEN_NONE:
        return 0;
    case TOKEN_UNKNOWN:
        return refuse(refusal, 503, "the server cannot read its token, so it serves no request");
    case TOKEN_SET:
        break;
    }
    if (!needs_token(exchange) || carries_token(&connection->token, &exchange->request))
        return 0;
    return refuse(refusal, 401, "no \"Authorization: Bearer\" with the right token");
}

static int admit_path(const struct exchange *exchange, struct refusal *refusal)
{
    if (exchange->route != ROUTE_WITH && !percent_is_valid(exchange->request.path))
        return refuse(refusal, 400, "a \"%\" in the path is not followed by two hexadecimal digits");
    if (exchange->route == ROUTES)
        return refuse(refusal, 404, "there is nothing at this path; GET /help lists the paths");
    unsigned methods = routes_methods(exchange->route);
    if ((methods & exchange->request.method) != 0)
        return 0;
    int status = refuse(refusal, 405, "this method is not allowed here; allowed: ");
    method_names(&refusal->reason, methods);
    if ((methods & METHOD_OTHER) != 0)
        text_string(&refusal->reason, " and every other one except CONNECT and TRACE");
    return status;
}

int answer_admit(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    exchange->route = routes_find(exchange->request.path);
    if (exchange->route == ROUTES && answer_wpt_has(exchange->request.path))
        exchange->route = ROUTE_WPT;
    if (exchange->request.method == METHOD_OPTIONS)
        return 0;
    int status = admit_token(connection, &exchange->refusal);
    return status != 0 ? status : admit_path(exchange, &exchange->refusal);
}

/* What the path allows; for "*" and unknown paths, what the server allows (RFC 9110, 9.3.7). */
static void answer_options(struct connection *connection, unsigned methods)
{
    struct response response = {.status = 204, .preflight = true, .allow = methods};
    reply_head(connection, &response);
    (void)writer_flush(&connection->writer);
}

void answer_request(struct connection *connection)
{
    enum route route = connection->exchange.route;
    if (connection->exchange.request.method != METHOD_OPTIONS)
        answers[route](connection);
    else if (route == ROUTE_STREAM)
        answer_stream_options(connection, routes_methods(route));
    else if (route == ROUTE_LOG)
        answer_log_options(connection, routes_methods(route));
    else if (route == ROUTE_WITH)
        answer_with_options(connection, routes_methods(route));
    else if (route == ROUTE_PROVIDER)
        answer_provider_options(connection, routes_methods(route));
    else if (route == ROUTE_WPT)
        answer_wpt_options(connection, routes_methods(route));
    else if (span_is(connection->exchange.request.path, "*"))
        answer_status_options(connection, routes_methods(route));
    else
        answer_options(connection, routes_methods(route));
}
