/* The table of handlers. What does not fit the query can only have come in the head, and is refused for that. */
#include "wpt/handlers.h"

#include "http/form.h"
#include "wpt/translate.h"

static const struct handler {
    const char *path;
    int (*run)(struct call *call);
    bool shares;     /* says itself what other origins may do; else they get nothing */
    bool is_endless; /* the length is not told before */
    bool has_token;  /* needs what came under that key */
} handlers[] = {
    {RESOURCES "message.py", run_message, false, false, false},
    {RESOURCES "message2.py", run_message2, false, true, false},
    {RESOURCES "accept.event_stream", run_accept, false, false, false},
    {RESOURCES "cache-control.event_stream", run_cache_control, false, false, false},
    {RESOURCES "last-event-id.py", run_last_event_id, false, false, false},
    {RESOURCES "last-event-id2.py", run_last_event_id2, false, false, false},
    {RESOURCES "reconnect-fail.py", run_reconnect_fail, false, false, false},
    {RESOURCES "status-error.py", run_status_error, false, false, false},
    {RESOURCES "status-reconnect.py", run_status_reconnect, false, false, false},
    {RESOURCES "cors.py", run_cors, true, false, false},
    {RESOURCES "cors-cookie.py", run_cors_cookie, true, false, false},
    {RESOURCES "cors-unsafe-last-event-id.py", run_unsafe_id, true, false, true},
    {RESOURCES "bfcache-counter.py", run_counter, false, true, true},
    {"/common/redirect.py", run_redirect, true, false, false},
    {RESOURCES "accept.php", run_accept_always, false, false, false},
    {RESOURCES "last-event-id.php", run_last_event_id, false, false, false},
    {RESOURCES "message.php", run_message, false, false, false},
    {RESOURCES "status-error.php", run_status_error, false, false, false},
};

const struct handler *handler_find(struct span path)
{
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++)
        if (percent_decodes_to(path, handlers[i].path))
            return &handlers[i];
    return NULL;
}

int handler_key(const struct handler *handler, struct call *call, char *room)
{
    struct text key = text_in(room, LIMIT_KEY - 1);
    struct span value;
    *room = '\0';
    if (!handler->has_token)
        return 0;
    int status = need(call, "token", &value);
    if (status != 0)
        return status;
    form_decode(&key, value);
    if (key.cut || !attempt_is_key(text_written(&key)))
        return refuse_value(call, "token", "1 to 64 letters, digits, dots, dashes or underscores");
    room[key.length] = '\0';
    return 0;
}

int handler_run(const struct handler *handler, struct call *call)
{
    if (!percent_valid(call->request->query))
        return refuse(call->refusal, 400, "a \"%\" in the parameters is not followed by two hexadecimal digits");
    if (!handler->shares)
        put(call, "cors", "none");
    if (!handler->is_endless)
        put(call, "framing", "length");
    int status = handler->run(call);
    if (status == 0 && call->query->cut)
        status = refuse(call->refusal, 431, "the header fields are too long to be sent back");
    return status;
}
