/*
 * The reason says which part of the value is wrong, if it has several parts. A value can be a secret only where a
 * client says so (`require`), and such a value is never shown.
 */
#include "plan/refuse.h"

#include "base/similar.h"
#include "cases/cases.h"
#include "http/fields.h"
#include "http/form.h"
#include "http/secret.h"
#include "plan/list.h"
#include "plan/values.h"

static void append_quoted(struct refusal *refusal, const char *before, struct span word, const char *after)
{
    text_string(&refusal->reason, before);
    text_string(&refusal->reason, "\"");
    text_printable(&refusal->reason, word, REFUSE_SHOWN);
    text_string(&refusal->reason, "\"");
    text_string(&refusal->reason, after);
}

int refuse_parameter(struct refusal *refusal, struct span name, const char *what, const char *accepts)
{
    int status = refuse(refusal, 400, "parameter ");
    append_quoted(refusal, "", name, " ");
    text_string(&refusal->reason, what);
    text_string(&refusal->reason, accepts);
    return status;
}

static int refuse_cookie(struct refusal *refusal)
{
    int status = refuse(refusal, 400,
                        "parameter \"header\" takes Name:value without control characters; Set-Cookie "
                        "needs a Max-Age of at most ");
    text_number(&refusal->reason, LIMIT_COOKIE_S);
    text_string(&refusal->reason, " or an Expires before 2020, and no Domain");
    return status;
}

/* Says why the field cannot be set, if it is one of those. Otherwise leaves the reason as it is. */
static int refuse_header(struct refusal *refusal, struct span value, int status)
{
    char room[LIMIT_VALUE];
    struct text header = text_in(room, sizeof room);
    form_decode(&header, value);
    struct span rest = text_written(&header);
    struct span name = span_cut(&rest, ':');
    const char *why = values_why_reserved(name);
    if (span_like(name, "Set-Cookie") && rest.at != NULL)
        return refuse_cookie(refusal);
    if (rest.at != NULL && why == NULL && fields_is_token(name))
        return status;
    status = refuse(refusal, 400, "parameter \"header\" ");
    if (rest.at == NULL)
        text_string(&refusal->reason, "takes Name:value; the value has no colon");
    else if (why == NULL)
        append_quoted(refusal, "takes Name:value; ", name, " is not the name of a field");
    else
        append_quoted(refusal, "cannot set ", name, ": ");
    text_string(&refusal->reason, rest.at != NULL && why != NULL ? why : "");
    return status;
}

/* The first name in the value of `log` whose field can carry a secret; empty: there is none. */
static struct span find_secret(struct text *room, struct span value)
{
    form_decode(room, value);
    for (struct span rest = text_written(room); rest.at != NULL;) {
        struct span name = span_cut(&rest, ',');
        if (secret_of(name) != SECRET_NONE)
            return name;
    }
    return (struct span){NULL, 0};
}

/* Says which value of a list is the first wrong one. A list that is too long, or has "random" and more, has none. */
static void append_wrong_item(struct refusal *refusal, enum parameter_name name, struct span list)
{
    char room[LIMIT_LINE];
    struct text text = text_in(room, sizeof room);
    struct span rest = list, item = list_next(&rest);
    union value unused;
    unsigned number = 1;
    if (rest.at == NULL)
        return; /* the only value */
    for (; parameters_take(name, item, &unused); number++) {
        if (rest.at == NULL)
            return;
        item = list_next(&rest);
    }
    form_decode(&text, item);
    text_string(&refusal->reason, "; value ");
    text_number(&refusal->reason, number);
    append_quoted(refusal, " is ", text_written(&text), "");
}

static int refuse_fields(struct refusal *refusal, struct span value, int status)
{
    char room[LIMIT_LOG_NAMES];
    struct text names = text_in(room, sizeof room);
    struct span secret = find_secret(&names, value);
    if (secret.length == 0) {
        append_wrong_item(refusal, P_LOG, value);
        return status;
    }
    status = refuse_parameter(refusal, span_of(parameters[P_LOG].name), "cannot show the field ", "");
    text_printable(&refusal->reason, secret, REFUSE_SHOWN);
    text_string(&refusal->reason,
                ": its name says that it can carry a secret, and every caller can read /log; remove it");
    return status;
}

static void suggest_case(struct refusal *refusal, struct span value)
{
    char room[LIMIT_KEY];
    struct text name = text_in(room, sizeof room);
    struct cases rest = {0};
    struct named_case next;
    form_decode(&name, value);
    struct similar similar = similar_to(text_written(&name));
    while (cases_next(&rest, &next))
        similar_try(&similar, next.name);
    if (similar.found.at != NULL)
        append_quoted(refusal, "; did you mean ", similar.found, "?");
}

/* The value may be wrong only because it is too long. So the message for text in the head states the limit. */
static void append_length(struct refusal *refusal, unsigned kind, struct span value)
{
    if (kind < KIND_FIELD || kind > KIND_REQUIRE || value.length <= LIMIT_VALUE)
        return;
    text_string(&refusal->reason, "; at most ");
    text_number(&refusal->reason, LIMIT_VALUE);
    text_string(&refusal->reason, " bytes");
}

/* Not inlined: with its buffers in their frames, each request with a parameter would need more pages for its stack. */
__attribute__((noinline)) int refuse_value(struct refusal *refusal, enum parameter_name name, struct span value)
{
    const struct parameter *parameter = &parameters[name];
    int status = refuse_parameter(refusal, span_of(parameter->name), "takes ", parameter->accepts);
    if (parameter->kind == KIND_FIELDS)
        return refuse_fields(refusal, value, status);
    if (parameter->kind == KIND_HEADER && value.length <= LIMIT_VALUE)
        return refuse_header(refusal, value, status);
    if (parameter->kind == KIND_SPLIT || parameter->kind == KIND_WAITS)
        append_wrong_item(refusal, name, value);
    if (parameter->kind == KIND_CASE)
        suggest_case(refusal, value);
    append_length(refusal, parameter->kind, value);
    return status;
}
