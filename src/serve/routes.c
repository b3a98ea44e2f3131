/* The table of paths. Nothing fails. */
#include "serve/routes.h"

#include "base/json.h"
#include "http/method.h"
#include "http/percent.h"
#include "serve/providers.h"

enum {
    READ = METHOD_GET | METHOD_HEAD | METHOD_OPTIONS,
    EVERY = METHOD_ANY | METHOD_OTHER,
    HELP_COLUMN = 9,
};

static const struct {
    const char *path;
    unsigned methods;
    const char *help;
} routes[ROUTES] = {
    [ROUTE_STREAM] = {"/stream", EVERY, "an event stream, controlled by its parameters"},
    [ROUTE_STATUS] = {"/status", READ, "the running streams, as JSON"},
    [ROUTE_EXPECT] =
        {"/expect", READ | METHOD_POST,
         "the events that a correct client dispatches for the same parameters, and how it reconnects, as JSON"},
    [ROUTE_LOG] = {"/log", READ | METHOD_DELETE,
                   "what clients did, as JSON; /log?key=NAME shows one key, DELETE forgets it"},
    [ROUTE_CASES] = {"/cases", READ, "the named cases, as a table; as JSON with Accept: application/json"},
    [ROUTE_HELP] = {"/help", READ, "this text"},
    [ROUTE_PAGE] = {"/", READ, "for browsers, a page to try streams with; for other clients, this text"},
    [ROUTE_WITH] = {"/with/EXPERIMENT/PATH", EVERY,
                    "the stream of /stream?EXPERIMENT as a base URL: percent-encode / ? # % in EXPERIMENT, and use any "
                    "PATH, query and body"},
    [ROUTE_PROVIDER] = {"/v1/chat/completions", EVERY,
                        "and /chat/completions, /v1/responses, /responses, /v1/messages, /api/chat and "
                        "/v1beta/models/NAME:streamGenerateContent: streams at the paths of LLM APIs"},
    [ROUTE_WPT] = {"/eventsource/resources/", READ,
                   "and /common/redirect.py: the streams that the EventSource tests of web-platform-tests request"},
};

/* The first segment is `with`. */
static bool begins_with_with(struct span path)
{
    struct span rest = span_after(path, 1);
    return percent_decodes_to(span_cut(&rest, '/'), "with");
}

enum route routes_find(struct span path)
{
    for (enum route route = 0; route < ROUTE_WITH; route++)
        if (percent_decodes_to(path, routes[route].path))
            return route;
    if (begins_with_with(path))
        return ROUTE_WITH;
    return providers_have(path) ? ROUTE_PROVIDER : ROUTES;
}

bool routes_are_streams(enum route route)
{
    return route == ROUTE_STREAM || route == ROUTE_WITH || route == ROUTE_PROVIDER;
}

unsigned routes_methods(enum route route)
{
    return route < ROUTES ? routes[route].methods : METHOD_ANY;
}

void routes_text(struct text *text)
{
    for (enum route route = 0; route < ROUTES; route++) {
        size_t column = text->length + HELP_COLUMN;
        text_string(text, routes[route].path);
        do
            text_string(text, " ");
        while (text->length < column && !text->truncated);
        text_string(text, routes[route].help);
        text_string(text, "\n");
    }
}

static void methods_json(struct text *text, unsigned methods)
{
    const char *before = "[\"";
    for (unsigned method = METHOD_GET; method < METHOD_OTHER; method <<= 1) {
        if ((methods & method) == 0)
            continue;
        text_string(text, before);
        method_names(text, method);
        text_string(text, "\"");
        before = ",\"";
    }
    text_string(text, "]");
}

void routes_json(struct text *text)
{
    for (enum route route = 0; route < ROUTES; route++) {
        text_string(text, route == 0 ? "[{\"path\":" : ",\n{\"path\":");
        json_string(text, span_of(routes[route].path));
        text_string(text, ",\"methods\":");
        methods_json(text, routes[route].methods);
        text_string(text, ",\"help\":");
        json_string(text, span_of(routes[route].help));
        text_string(text, "}");
    }
    text_string(text, "]");
}
