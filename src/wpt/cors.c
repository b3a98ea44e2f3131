/* Handlers that choose their own CORS fields, and the redirect. */
#include "wpt/cors.h"

#include "http/percent.h"
#include "wpt/cookies.h"
#include "wpt/plain.h"
#include "wpt/share.h"

/* With "enable-cors" the redirect allows the origin that asks, whatever cors.py would send. */
static bool redirect_shares(const struct call *call)
{
    struct span unused;
    return call_parameter(call, "enable-cors", &unused) && call_header(call, "Origin").length > 0;
}

/* The plan of /stream checks the status, and that the client may be redirected. */
static int put_redirect(struct call *call)
{
    struct span location;
    int64_t status = 302;
    int refused = call_require(call, "location", &location);
    if (refused != 0)
        return refused;
    (void)call_integer(call, "status", &status); /* keeps 302 */
    call_put_status(call, status);
    call_begin(call, "location");
    call_add_encoded(call, location);
    call_put(call, "type", redirect_shares(call) ? "text/plain" : "");
    call_put(call, "raw", "");
    return 0;
}

int wpt_redirect(struct call *call)
{
    int status = 0;
    if (redirect_shares(call))
        status = share_with_requester(call);
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
        return wpt_message(call);
    if (percent_decodes_to(name, "status-reconnect"))
        return wpt_status_reconnect(call);
    if (percent_decodes_to(name, "redirect"))
        return put_redirect(call);
    if (percent_decodes_to(name, "cache-control"))
        return wpt_cache_control(call);
    return run_nothing(call);
}

int wpt_cors(struct call *call)
{
    struct sharing sharing;
    struct span name;
    int status = call_require(call, "run", &name);
    if (status == 0 && percent_decodes_to(name, "redirect") && redirect_shares(call))
        return wpt_redirect(call);
    if (status == 0)
        status = share_take(call, &sharing);
    if (status != 0)
        return status;
    share_fields(call, sharing.origin, sharing.credentials);
    return run_named(call, name);
}
