/* Handlers that keep no state. */
#include "wpt/plain.h"

#include "http/form.h"
#include "http/percent.h"

enum { SLEEP_MAX_MS = 60 * 60 * 1000 };

static int put_sleep(struct call *call)
{
    struct span sleep;
    int64_t ms;
    if (!call_parameter(call, "sleep", &sleep))
        return 0;
    if (!call_integer(call, "sleep", &ms) || ms < 0 || ms > SLEEP_MAX_MS)
        return call_refuse(call, "sleep", "whole milliseconds, 0 to 3600000");
    call_begin(call, "delay");
    text_number(call->query, (uint64_t)ms);
    call_add(call, "ms");
    return 0;
}

int wpt_message(struct call *call)
{
    struct span mime, newline;
    if (call_parameter(call, "mime", &mime)) {
        int status = call_check_field(call, "mime", mime);
        if (status != 0)
            return status;
        call_begin(call, "type");
        call_add_encoded(call, mime);
    }
    call_begin(call, "raw");
    call_add_parameter(call, "message", "data: data");
    bool has_newline = !call_parameter(call, "newline", &newline) || !percent_decodes_to(newline, "none");
    call_add(call, has_newline ? "\n\n\n" : "\n");
    return put_sleep(call);
}

int wpt_message2(struct call *call)
{
    call_put(call, "raw",
             "data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n");
    call_put(call, "loop", "forever");
    call_put(call, "interval", "2s");
    return 0;
}

static int put_field_event(struct call *call, const char *name)
{
    call_begin(call, "raw");
    call_add(call, "data: ");
    call_add_bytes(call, call_header(call, name));
    call_add(call, "\n\n");
    return 0;
}

/* A template file of the suite. With "?pipe=sub" the text in braces becomes the value of the request field. */
static int run_file(struct call *call, const char *name, const char *template)
{
    struct span pipe;
    if (call_parameter(call, "pipe", &pipe) && percent_decodes_to(pipe, "sub"))
        return put_field_event(call, name);
    call_put(call, "raw", template);
    return 0;
}

int wpt_accept_file(struct call *call)
{
    return run_file(call, "Accept", "data: {{headers[accept]}}\n\n");
}

int wpt_accept(struct call *call)
{
    return put_field_event(call, "Accept");
}

int wpt_cache_control_file(struct call *call)
{
    return run_file(call, "Cache-Control", "data: {{headers[cache-control]}}\n\n");
}

int wpt_cache_control(struct call *call)
{
    return put_field_event(call, "Cache-Control");
}

int wpt_last_event_id(struct call *call)
{
    struct span last = call->request->last_event_id;
    call_begin(call, "raw");
    if (last.length > 0) {
        call_add(call, "data: ");
        call_add_bytes(call, last);
        call_add(call, "\n\n");
        return 0;
    }
    call_add(call, "id: ");
    call_add_parameter(call, "idvalue", "\xe2\x80\xa6");
    call_add(call, "\nretry: 200\ndata: hello\n\n");
    return 0;
}

int wpt_last_event_id2(struct call *call)
{
    static const char *const streams[] = {
        "id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n",
        "id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n",
        "id: 1\ndata: 1\n\nid\ndata:2\n\ndata:3\n\n",
    };
    int64_t type = 1;
    (void)call_integer(call, "type", &type); /* keeps 1 */
    bool is_known = type >= 1 && type <= (int64_t)(sizeof streams / sizeof *streams);
    call_put(call, "raw", is_known ? streams[type - 1] : "data: invalid_test\n\n");
    return 0;
}

/* The plan of /stream checks the status, and drops the body of a 204 or 205. */
int wpt_status_error(struct call *call)
{
    struct span given;
    int64_t status = 404;
    if (call_parameter(call, "status", &given) && !call_integer(call, "status", &status))
        return call_refuse(call, "status", "a number, 200 to 599");
    call_put_status(call, status);
    call_put(call, "reason", "HAHAHAHA");
    call_put(call, "raw", "data: data\n\n");
    return 0;
}
