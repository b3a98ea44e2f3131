/* Handlers that read from the journal what came earlier with their token. */
#include "wpt/stateful.h"

#include "http/percent.h"

#include <string.h>

/* Uses the token as the key of the journal, so that a later call finds this one. */
static int put_token_as_key(struct call *call)
{
    struct span token;
    int status = call_require(call, "token", &token);
    call_begin(call, "key");
    call_add_encoded(call, token);
    call_put(call, "header", "Cache-Control: no-store");
    return status;
}

/* What is wrong with the preflights of a client that sends back this id, or NULL. A safe id needs no preflight. */
static const char *preflight_fault(const struct call *call, bool is_safe)
{
    struct span named;
    if (is_safe)
        return call->had_preflight ? "a preflight came, and the id is a safe one" : NULL;
    if (!call->had_preflight)
        return "no preflight came, and the id is not a safe one";
    if (!attempt_field(&call->preflight, ATTEMPT_FIELD_ASKED_FIELDS, &named) || !span_is(named, "last-event-id"))
        return "the preflight did not name last-event-id alone";
    return NULL;
}

/* The second request: reports whether the id came back, with a preflight if it needs one. */
static void put_verdict(struct call *call, const char *id, bool is_safe)
{
    struct span last = call->request->last_event_id;
    const char *fault = preflight_fault(call, is_safe);
    call_begin(call, "raw");
    call_add(call, fault == NULL && span_is(last, id) ? "event: success\ndata: " : "event: failure\ndata: ");
    if (fault != NULL) {
        call_add(call, fault);
    } else {
        call_add(call, "got ");
        call_add_bytes(call, last);
        call_add(call, ", expected ");
        call_add(call, id);
    }
    call_add(call, "\n\n");
}

static void put_id(struct call *call, const char *id, const char *name)
{
    call_begin(call, "raw");
    call_add(call, "id: ");
    call_add(call, id);
    call_add(call, "\nretry: 200\ndata: ");
    call_add(call, name);
    call_add(call, "\n\n");
}

int wpt_unsafe_id(struct call *call)
{
    char long_id[256];
    const struct {
        const char *name, *id;
    } fixtures[] = {{"safe", "abc"}, {"unsafe", "e5p3n<3k0k0s"}, {"long", long_id}};
    struct span fixture;
    memset(long_id, 'a', sizeof long_id - 1);
    long_id[sizeof long_id - 1] = '\0';
    call_put(call, "cors", "echo");
    int status = put_token_as_key(call);
    if (status == 0)
        status = call_require(call, "fixture", &fixture);
    if (status != 0)
        return status;
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        if (!percent_decodes_to(fixture, fixtures[i].name))
            continue;
        if (call->request->last_event_id.length > 0)
            put_verdict(call, fixtures[i].id, i == 0);
        else
            put_id(call, fixtures[i].id, fixtures[i].name);
        return 0;
    }
    call_put(call, "raw", "event: failure\ndata: unknown fixture\n\n");
    return 0;
}

static void put_count(struct call *call)
{
    call_put(call, "type", "application/json");
    call_put(call, "framing", "length");
    call_put(call, "header", "Cache-Control: no-store");
    call_begin(call, "raw");
    call_add(call, "{\"count\": ");
    text_number(call->query, call->open_streams);
    call_add(call, "}");
}

/* The suite's own server sends ten comments a second to notice that a client has gone. Our `hang` notices without. */
int wpt_counter(struct call *call)
{
    struct span unused;
    if (call_parameter(call, "query", &unused)) {
        put_count(call);
        return 0;
    }
    call_put(call, "raw", "data: opened\n\n");
    call_put(call, "end", "hang");
    return put_token_as_key(call);
}
