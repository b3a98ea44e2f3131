/* Handlers that say themselves what other origins may do. */
#include "http/form.h"
#include "http/percent.h"
#include "wpt/translate.h"

static void put_response_field(struct call *call, const char *name, struct span encoded)
{
    if (encoded.at == NULL)
        return;
    call_begin(call, "header");
    call_add(call, name);
    call_add(call, ": ");
    call_add_encoded(call, encoded);
}

/*
 * The fields are sent as any others, since the suite has values among them that are no origins. Its own server does not
 * answer preflights: browsers send none for what its tests do; a page that uses fetch() for the same does.
 */
void share(struct call *call, struct span origin, struct span credentials)
{
    bool is_preflight = call->request->method == METHOD_OPTIONS;
    call_begin(call, "cors");
    if (is_preflight && origin.length > 0)
        call_add_encoded(call, origin);
    else
        call_add(call, "none");
    if (is_preflight) {
        call_put(call, "credentials", percent_decodes_to(credentials, "true") ? "true" : "false");
        return;
    }
    put_response_field(call, "Access-Control-Allow-Origin", origin);
    put_response_field(call, "Access-Control-Allow-Credentials", credentials);
}

static int refuse_origin(struct call *call)
{
    return refuse(call->refusal, 431, "the field Origin is too long to be sent back");
}

int take_origin(struct call *call, struct text *text, struct span *origin)
{
    struct span field = call_header(call, "Origin");
    if (call_parameter(call, "origin", origin))
        return call_check_field(call, "origin", *origin);
    if (field.length > CALL_FIELD_MAX)
        return refuse_origin(call);
    form_encode(text, field);
    *origin = field.at != NULL ? text_written(text) : field;
    return 0;
}

int take_credentials(struct call *call, struct span *credentials)
{
    if (!call_parameter(call, "credentials", credentials))
        *credentials = span_of("true");
    return call_check_field(call, "credentials", *credentials);
}

/* The redirect asks for fields of its own. */
static bool redirect_shares(const struct call *call)
{
    struct span unused;
    return call_parameter(call, "enable-cors", &unused) && call_header(call, "Origin").length > 0;
}

/* Whether the status is a redirect's, and the request one that may be redirected, the stream knows. */
static int put_redirect(struct call *call)
{
    struct span location;
    int refused = call_require(call, "location", &location);
    if (refused != 0)
        return refused;
    call_begin(call, "status");
    call_add_parameter(call, "status", "302");
    call_begin(call, "location");
    call_add_encoded(call, location);
    call_put(call, "type", redirect_shares(call) ? "text/plain" : "");
    call_put(call, "raw", "");
    return 0;
}

static int share_with_asker(struct call *call)
{
    char room[ORIGIN_ROOM];
    struct text origin = text_in(room, sizeof room);
    form_encode(&origin, call_header(call, "Origin"));
    if (origin.truncated)
        return refuse_origin(call);
    share(call, text_written(&origin), span_of("true"));
    return 0;
}

int run_redirect(struct call *call)
{
    int status = 0;
    if (redirect_shares(call))
        status = share_with_asker(call);
    else
        call_put(call, "cors", "none");
    return status != 0 ? status : put_redirect(call);
}

static int run_nothing(struct call *call)
{
    call_put(call, "type", "");
    call_put(call, "raw", "");
    return 0;
}

static int run_named(struct call *call, struct span name)
{
    if (percent_decodes_to(name, "message"))
        return run_message(call);
    if (percent_decodes_to(name, "status-reconnect"))
        return run_status_reconnect(call);
    if (percent_decodes_to(name, "redirect"))
        return put_redirect(call);
    if (percent_decodes_to(name, "cache-control"))
        return run_cache_control_always(call);
    return run_nothing(call);
}

int run_cors(struct call *call)
{
    char room[ORIGIN_ROOM];
    struct text text = text_in(room, sizeof room);
    struct span name, origin, credentials;
    int status = call_require(call, "run", &name);
    if (status == 0 && percent_decodes_to(name, "redirect") && redirect_shares(call))
        return run_redirect(call);
    if (status == 0)
        status = take_origin(call, &text, &origin);
    if (status == 0)
        status = take_credentials(call, &credentials);
    if (status != 0)
        return status;
    share(call, origin, credentials);
    return run_named(call, name);
}
