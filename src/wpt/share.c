/* The CORS fields of a response, written as parameters of /stream. */
#include "wpt/share.h"

#include "http/form.h"
#include "http/percent.h"

static void put_sharing_field(struct call *call, const char *name, struct span encoded)
{
    if (encoded.at == NULL)
        return;
    call_begin(call, "header");
    call_add(call, name);
    call_add(call, ": ");
    call_add_encoded(call, encoded);
}

/*
 * The fields go through `header`, because `cors` accepts only origins. The suite's own server does not answer
 * preflights, because its tests cause none. A page that uses fetch() instead of EventSource does.
 */
void share_fields(struct call *call, struct span origin, struct span credentials)
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
    put_sharing_field(call, "Access-Control-Allow-Origin", origin);
    put_sharing_field(call, "Access-Control-Allow-Credentials", credentials);
}

static int refuse_origin(struct call *call)
{
    return refuse(call->refusal, 431, "the field Origin is too long to be sent back");
}

static int take_origin(struct call *call, struct sharing *sharing)
{
    struct text encoded = text_in(sharing->room, sizeof sharing->room);
    struct span field = call_header(call, "Origin");
    if (call_parameter(call, "origin", &sharing->origin))
        return call_check_field(call, "origin", sharing->origin);
    if (field.length > CALL_FIELD_MAX)
        return refuse_origin(call);
    form_encode(&encoded, field);
    sharing->origin = field.at != NULL ? text_written(&encoded) : field;
    return 0;
}

int share_take(struct call *call, struct sharing *sharing)
{
    int status = take_origin(call, sharing);
    if (!call_parameter(call, "credentials", &sharing->credentials))
        sharing->credentials = span_of("true");
    return status != 0 ? status : call_check_field(call, "credentials", sharing->credentials);
}

int share_with_requester(struct call *call)
{
    char room[3 * CALL_FIELD_MAX];
    struct text origin = text_in(room, sizeof room);
    form_encode(&origin, call_header(call, "Origin"));
    if (origin.truncated)
        return refuse_origin(call);
    share_fields(call, text_written(&origin), span_of("true"));
    return 0;
}
