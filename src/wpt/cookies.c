/* Handlers that track a client's progress in a cookie. Without a cookie, or with an unknown value, they start over. */
#include "wpt/cookies.h"

#include "http/cookie.h"
#include "http/form.h"
#include "http/percent.h"
#include "wpt/share.h"

enum { COOKIE_NAME_SIZE = 16 + CALL_TOKEN_MAX + 1 };

/* Makes the name of a cookie from a prefix and the value of a parameter, as in "request204". Returns 0 or 400. */
static int make_cookie_name(struct call *call, const char *prefix, const char *parameter, struct span value, char *room)
{
    struct text name = text_in(room, COOKIE_NAME_SIZE - 1);
    text_string(&name, prefix);
    int status = call_take_token(call, parameter, value, &name);
    room[name.length] = '\0';
    return status;
}

/* A following call_add() appends attributes. */
static void set_cookie(struct call *call, const char *name, const char *value)
{
    call_begin(call, "header");
    call_add(call, "Set-Cookie: ");
    call_add(call, name);
    call_add(call, "=");
    call_add(call, value);
}

/* The suite's own server sets no lifetime, but `header` needs one. With 0 the browser deletes the cookie. */
static void add_max_age(struct call *call, unsigned seconds)
{
    call_add(call, "; Max-Age=");
    text_number(call->query, seconds);
}

static void keep_cookie(struct call *call, const char *name, const char *value)
{
    set_cookie(call, name, value);
    add_max_age(call, LIMIT_COOKIE_S);
    call_add(call, "; Path=/");
}

static void delete_cookie(struct call *call, const char *name)
{
    set_cookie(call, name, "");
    add_max_age(call, 0);
    call_add(call, "; Path=/");
}

int wpt_reconnect_fail(struct call *call)
{
    static const struct {
        const char *cookie, *status, *reason, *next, *body; /* next NULL: the cookie is deleted */
    } steps[] = {
        {"", "200", "OPEN", "opened", "retry: 2\ndata: opened\n\n"},
        {"opened", "200", "RECONNECT", "reconnected", "data: reconnected\n\n"},
        {"reconnected", "204", "NO CONTENT (CLOSE)", NULL, ""},
    };
    char name[COOKIE_NAME_SIZE];
    struct span id;
    size_t step = 0;
    int status = call_require(call, "id", &id);
    if (status == 0)
        status = make_cookie_name(call, "recon_fail_", "id", id, name);
    if (status != 0)
        return status;
    struct span cookie = cookie_find(call->request->head, name);
    for (size_t i = 1; i < sizeof steps / sizeof *steps; i++)
        if (span_is(cookie, steps[i].cookie))
            step = i;
    call_put(call, "status", steps[step].status);
    call_put(call, "reason", steps[step].reason);
    call_put(call, "raw", steps[step].body);
    if (steps[step].next != NULL)
        keep_cookie(call, name, steps[step].next);
    else
        delete_cookie(call, name);
    return 0;
}

/* Checks only that it is a number. The plan of /stream checks that it is a status. */
static int take_status(struct call *call, char *room)
{
    struct text text = text_in(room, sizeof "999" - 1);
    struct span status;
    uint64_t number;
    if (!call_parameter(call, "status", &status))
        status = span_of("204");
    form_decode(&text, status);
    room[text.length] = '\0';
    if (text.truncated || !span_number(text_written(&text), 599, &number))
        return call_refuse(call, "status", "a number, 200 to 599");
    return 0;
}

/* Fails the first time, and succeeds the second time. */
int wpt_status_reconnect(struct call *call)
{
    char wanted[sizeof "999"], name[COOKIE_NAME_SIZE];
    struct span id, unused;
    int status = take_status(call, wanted);
    if (status != 0)
        return status;
    if (!call_parameter(call, "id", &id))
        id = span_of(wanted);
    status = make_cookie_name(call, "request", "id", id, name);
    if (status != 0)
        return status;
    bool is_second = span_is(cookie_find(call->request->head, name), wanted);
    call_put(call, "status", is_second ? "200" : wanted);
    if (is_second) {
        delete_cookie(call, name);
    } else {
        keep_cookie(call, name, wanted);
        call_put(call, "reason", "TEST");
    }
    bool has_event = !is_second && call_parameter(call, "ok_first", &unused);
    call_begin(call, "raw");
    call_add(call, is_second ? "data: data\n\n" : "retry: 2\n");
    call_add(call, has_event ? "data: ok\n\n" : "");
    return 0;
}

/* A NULL span means: omit the field. */
static struct span unless_none(struct span value)
{
    return percent_decodes_to(value, "none") ? (struct span){NULL, 0} : value;
}

static int share_cookie(struct call *call)
{
    struct sharing sharing;
    int status = share_take(call, &sharing);
    if (status == 0)
        share_fields(call, unless_none(sharing.origin), unless_none(sharing.credentials));
    return status;
}

int wpt_cors_cookie(struct call *call)
{
    char name[COOKIE_NAME_SIZE];
    struct span last = call->request->last_event_id;
    struct span ident;
    if (!call_parameter(call, "ident", &ident))
        ident = span_of("test");
    int status = make_cookie_name(call, "", "ident", ident, name);
    if (status == 0)
        status = share_cookie(call);
    if (status != 0)
        return status;
    const char *found = cookie_find(call->request->head, name).at != NULL ? "COOKIE" : "NO_COOKIE";
    bool is_first = last.length == 0, is_second = span_is(last, "1");
    if (is_first || is_second)
        set_cookie(call, name, "COOKIE");
    else
        call_put(call, "type", "stop");
    if (is_first)
        add_max_age(call, LIMIT_COOKIE_S);
    else if (is_second)
        call_add(call, "; Expires=Sun, 01 Jul 2001 00:00:00 GMT");
    call_begin(call, "raw");
    call_add(call, is_first ? "id: 1\nretry: 200\ndata: first " : is_second ? "id: 2\ndata: second " : "data: ");
    call_add_bytes(call, is_first || is_second ? span_of("") : last);
    call_add(call, found);
    call_add(call, "\n\n");
    return 0;
}
