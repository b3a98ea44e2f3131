/* Substitutions. An unknown name, the name of a field with a secret, and a value that becomes too long are refused. */
#include "plan/substitute.h"

#include "http/fields.h"
#include "http/form.h"
#include "http/secret.h"
#include "plan/set_cookie.h"

#define HEADER_PREFIX "header:"
#define NAMES "{{id}}, {{model}}, {{attempt}}, {{n}}, {{last-event-id}} and {{header:NAME}}"

enum { SHOWN = 40 };

/* A decoded "{{name}}" at the front of *encoded is taken off it. Of "{{{" the last two braces count. */
static bool take_placeholder(struct span *encoded, struct text *name)
{
    struct span rest = *encoded;
    for (int braces = 0; braces < 2; braces++)
        if (rest.length == 0 || form_next_byte(&rest) != '{')
            return false;
    while (rest.length > 0 && !name->truncated) {
        unsigned char byte = form_next_byte(&rest);
        if (byte == '{')
            return false;
        if (byte == '}') {
            if (rest.length == 0 || form_next_byte(&rest) != '}')
                return false;
            *encoded = rest;
            return true;
        }
        text_bytes(name, &byte, 1);
    }
    return false;
}

static bool is_removed(const struct substitute *substitute, unsigned char byte)
{
    if (substitute->is_field)
        return byte < ' ' || byte == 0x7f;
    return byte == '\r' || byte == '\n' || byte == '\0';
}

static void append_clean(struct text *text, const struct substitute *substitute, struct span value)
{
    for (size_t i = 0; i < value.length && i < LIMIT_SUBSTITUTE; i++)
        if (!is_removed(substitute, (unsigned char)value.at[i]))
            text_bytes(text, &value.at[i], 1);
}

static struct span named_field(const struct request *request, struct span name)
{
    char room[LIMIT_LINE + 1];
    struct text text = text_in(room, sizeof room - 1);
    text_span(&text, name);
    room[text.length] = '\0';
    return fields_find(request->head, room);
}

static void append_value(struct text *text, const struct substitute *substitute, struct span name)
{
    const struct plan *plan = substitute->plan;
    const struct json_members *json = plan->json;
    if (span_is(name, "attempt"))
        text_number(text, plan->attempt);
    else if (span_is(name, "n"))
        text_number(text, substitute->number);
    else if (span_is(name, "id"))
        append_clean(text, substitute, json != NULL && json->id.at != NULL ? json->id : span_of("null"));
    else if (span_is(name, "model"))
        append_clean(text, substitute, json != NULL ? json->model : span_of(""));
    else if (span_is(name, "last-event-id"))
        append_clean(text, substitute, plan->last_id);
    else
        append_clean(text, substitute, named_field(substitute->request, span_after(name, sizeof HEADER_PREFIX - 1)));
}

/* Takes a byte or, if the plan has substitutions, a placeholder off the front of *encoded. Appends what it becomes. */
static void append_next(struct text *text, const struct substitute *substitute, struct span *encoded)
{
    char room[LIMIT_LINE];
    struct text name = text_in(room, sizeof room);
    if (plan_number(substitute->plan, P_SUB) != 0 && take_placeholder(encoded, &name)) {
        append_value(text, substitute, text_written(&name));
        return;
    }
    unsigned char byte = form_next_byte(encoded);
    text_bytes(text, &byte, 1);
}

void substitute_text(struct text *text, const struct substitute *substitute, struct span encoded)
{
    while (encoded.length > 0)
        append_next(text, substitute, &encoded);
}

uint64_t substitute_length(const struct substitute *substitute, struct span encoded)
{
    uint64_t length = 0;
    while (encoded.length > 0) {
        char room[LIMIT_SUBSTITUTE];
        struct text part = text_in(room, sizeof room);
        append_next(&part, substitute, &encoded);
        length += part.length;
    }
    return length;
}

uint64_t substitute_cost(const struct substitute *substitute, struct span encoded)
{
    uint64_t cost = encoded.length;
    if (plan_number(substitute->plan, P_SUB) == 0)
        return 0;
    while (encoded.length > 0) {
        char room[LIMIT_LINE];
        struct text name = text_in(room, sizeof room);
        if (!take_placeholder(&encoded, &name))
            (void)form_next_byte(&encoded);
        else if (span_starts(text_written(&name), HEADER_PREFIX))
            cost += substitute->request->head.length;
    }
    return cost;
}

static int refuse_name(struct refusal *refusal, struct span name, const char *what)
{
    int status = refuse(refusal, 400, "parameter \"sub\": {{");
    text_printable(&refusal->reason, name, SHOWN);
    text_string(&refusal->reason, what);
    return status;
}

static int check_name(struct span name, struct refusal *refusal)
{
    static const char *const names[] = {"id", "model", "attempt", "n", "last-event-id"};
    struct span field = span_after(name, sizeof HEADER_PREFIX - 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_is(name, names[i]))
            return 0;
    if (!span_starts(name, HEADER_PREFIX) || !fields_is_token(field))
        return refuse_name(refusal, name, "}} is unknown; accepted: " NAMES);
    if (secret_of(field) != SECRET_NONE)
        return refuse_name(refusal, name, "}} is not available: this field carries a secret");
    return 0;
}

/* *found says whether the value has a placeholder. */
static int check_names(struct span encoded, bool *found, struct refusal *refusal)
{
    int status = 0;
    *found = false;
    while (encoded.length > 0 && status == 0) {
        char room[LIMIT_LINE];
        struct text name = text_in(room, sizeof room);
        if (take_placeholder(&encoded, &name)) {
            *found = true;
            status = check_name(text_written(&name), refusal);
        } else {
            (void)form_next_byte(&encoded);
        }
    }
    return status;
}

static int refuse_long(struct refusal *refusal, const char *what, uint64_t most)
{
    int status = refuse(refusal, 400, "parameter \"sub\" makes \"");
    text_string(&refusal->reason, what);
    text_string(&refusal->reason, "\" too long; the maximum is ");
    text_number(&refusal->reason, most);
    text_string(&refusal->reason, " bytes");
    return status;
}

static int check_fields(const struct substitute *substitute, struct refusal *refusal)
{
    const struct plan *plan = substitute->plan;
    uint64_t length = 0;
    unsigned index = 0;
    struct span encoded;
    while (plan_has(plan, P_HEADER) && plan_next(plan, &index, P_HEADER, &encoded)) {
        bool found;
        int status = check_names(encoded, &found, refusal);
        if (status != 0)
            return status;
        if (found &&
            set_cookie_is_header(encoded)) /* its attributes were checked before the substitution adds others */
            return refuse(refusal, 400, "parameter \"sub\" cannot be combined with \"header\" for Set-Cookie");
        length += substitute_length(substitute, encoded);
    }
    return length > LIMIT_HEAD ? refuse_long(refusal, "header", LIMIT_HEAD) : 0;
}

/* A byte-order mark and a retry line may be put before a piece. */
static int check_pieces(const struct substitute *substitute, struct refusal *refusal)
{
    const struct plan *plan = substitute->plan;
    unsigned index = 0;
    struct span encoded;
    while (plan_has(plan, P_RAW) && plan_next(plan, &index, P_RAW, &encoded)) {
        bool found;
        int status = check_names(encoded, &found, refusal);
        if (status != 0)
            return status;
        if (substitute_length(substitute, encoded) > LIMIT_PIECE - LIMIT_EVENT)
            return refuse_long(refusal, "raw", LIMIT_PIECE - LIMIT_EVENT);
    }
    return 0;
}

static uint64_t cost_of(const struct substitute *substitute, enum parameter_name name)
{
    uint64_t cost = 0;
    unsigned index = 0;
    struct span encoded;
    while (plan_next(substitute->plan, &index, name, &encoded))
        cost += substitute_cost(substitute, encoded);
    return cost;
}

/* A short value can have thousands of names, and each is looked for in the whole head. */
static int check_cost(const struct substitute *substitute, struct refusal *refusal)
{
    if (cost_of(substitute, P_HEADER) + cost_of(substitute, P_RAW) <= LIMIT_SUBSTITUTING)
        return 0;
    return refuse(refusal, 400,
                  "parameter \"sub\" would search the head too often; use fewer {{header:NAME}}, or send "
                  "a shorter head");
}

int substitute_check(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    struct substitute substitute = {plan, request, true, UINT64_MAX}; /* the longest number */
    if (plan_number(plan, P_SUB) == 0)
        return 0;
    int status = check_cost(&substitute, refusal);
    if (status == 0)
        status = check_fields(&substitute, refusal);
    substitute.is_field = false;
    return status != 0 ? status : check_pieces(&substitute, refusal);
}
