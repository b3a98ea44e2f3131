/* The table of handlers. */
#include "wpt/handlers.h"

#include "http/form.h"
#include "http/percent.h"
#include "wpt/cookies.h"
#include "wpt/cors.h"
#include "wpt/plain.h"
#include "wpt/stateful.h"

#define RESOURCES "/eventsource/resources/"

static const struct handler {
    const char *path;
    int (*run)(struct call *call);
    bool shares;     /* chooses its own CORS fields; the others send none */
    bool is_endless; /* has no Content-Length */
    bool has_token;  /* reads the journal's entries for the token */
} handlers[] = {
    {.path = RESOURCES "message.py", .run = wpt_message},
    {.path = RESOURCES "message2.py", .run = wpt_message2, .is_endless = true},
    {.path = RESOURCES "accept.event_stream", .run = wpt_accept_file},
    {.path = RESOURCES "cache-control.event_stream", .run = wpt_cache_control_file},
    {.path = RESOURCES "last-event-id.py", .run = wpt_last_event_id},
    {.path = RESOURCES "last-event-id2.py", .run = wpt_last_event_id2},
    {.path = RESOURCES "reconnect-fail.py", .run = wpt_reconnect_fail},
    {.path = RESOURCES "status-error.py", .run = wpt_status_error},
    {.path = RESOURCES "status-reconnect.py", .run = wpt_status_reconnect},
    {.path = RESOURCES "cors.py", .run = wpt_cors, .shares = true},
    {.path = RESOURCES "cors-cookie.py", .run = wpt_cors_cookie, .shares = true},
    {.path = RESOURCES "cors-unsafe-last-event-id.py", .run = wpt_unsafe_id, .shares = true, .has_token = true},
    {.path = RESOURCES "bfcache-counter.py", .run = wpt_counter, .is_endless = true, .has_token = true},
    {.path = "/common/redirect.py", .run = wpt_redirect, .shares = true},
    {.path = RESOURCES "accept.php", .run = wpt_accept},
    {.path = RESOURCES "last-event-id.php", .run = wpt_last_event_id},
    {.path = RESOURCES "message.php", .run = wpt_message},
    {.path = RESOURCES "status-error.php", .run = wpt_status_error},
};

const struct handler *handlers_find(struct span path)
{
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++)
        if (percent_decodes_to(path, handlers[i].path))
            return &handlers[i];
    return NULL;
}

int handlers_key(const struct handler *handler, struct call *call, char *room)
{
    struct text key = text_in(room, LIMIT_KEY - 1);
    struct span value;
    *room = '\0';
    if (!handler->has_token)
        return 0;
    int status = call_require(call, "token", &value);
    if (status != 0)
        return status;
    form_decode(&key, value);
    if (key.truncated || !attempt_is_key(text_written(&key)))
        return call_refuse(call, "token", "1 to 64 letters, digits, dots, dashes or underscores");
    room[key.length] = '\0';
    return 0;
}

int handlers_run(const struct handler *handler, struct call *call)
{
    if (!percent_is_valid(call->request->query))
        return refuse(call->refusal, 400, "a \"%\" in the parameters is not followed by two hexadecimal digits");
    if (!handler->shares)
        call_put(call, "cors", "none");
    if (!handler->is_endless)
        call_put(call, "framing", "length");
    int status = handler->run(call);
    /* Everything from the target fits. Only an echoed header field can be too long. */
    if (status == 0 && call->query->truncated)
        status = refuse(call->refusal, 431, "the header fields are too long to be sent back");
    return status;
}
