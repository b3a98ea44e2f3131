/* Reading pairs. Every fault is reported together with what is accepted. */
#include "plan/pairs.h"

#include "base/number.h"
#include "base/similar.h"
#include "cases/cases.h"
#include "http/form.h"
#include "http/percent.h"

enum { NAME_ROOM = 64, NAME_SHOWN = 40 };

static int refuse_parameter(struct refusal *refusal, struct span name, const char *what, const char *accepts)
{
    int status = refuse(refusal, 400, "parameter \"");
    text_printable(&refusal->reason, name, NAME_SHOWN);
    text_string(&refusal->reason, "\" ");
    text_string(&refusal->reason, what);
    text_string(&refusal->reason, accepts);
    return status;
}

/* `name` is `whole` without its prefix. */
static int refuse_unknown(struct refusal *refusal, struct span whole, struct span name)
{
    struct similar similar = similar_to(name);
    int status = refuse_parameter(refusal, whole, "is unknown; ", "");
    for (size_t i = 0; i < PARAMETERS; i++)
        similar_try(&similar, parameters[i].name);
    if (similar.found != NULL) {
        text_string(&refusal->reason, "did you mean \"");
        text_string(&refusal->reason, similar.found);
        text_string(&refusal->reason, "\"? ");
    }
    text_string(&refusal->reason, "accepted: ");
    text_string(&refusal->reason, parameters[0].name);
    for (size_t i = 1; i < PARAMETERS; i++) {
        text_string(&refusal->reason, ", ");
        text_string(&refusal->reason, parameters[i].name);
    }
    return status;
}

static bool is_cookie(struct span encoded)
{
    char room[sizeof "Set-Cookie:"];
    struct text start = text_in(room, sizeof room);
    form_decode(&start, encoded);
    return span_starts_like(text_written(&start), "Set-Cookie:");
}

static int refuse_cookie(struct refusal *refusal)
{
    int status = refuse(refusal, 400,
                        "parameter \"header\" takes Name:value without control characters; Set-Cookie "
                        "needs Max-Age of at most ");
    text_number(&refusal->reason, LIMIT_COOKIE_S);
    text_string(&refusal->reason, " and no Domain");
    return status;
}

/* The value may be wrong only because it is too long. So the message for text in the head states the limit. */
static int refuse_value(struct refusal *refusal, const struct parameter *parameter, struct span value)
{
    int status = refuse_parameter(refusal, span_of(parameter->name), "takes ", parameter->accepts);
    bool is_text = parameter->kind >= KIND_FIELD && parameter->kind <= KIND_REQUIRE;
    if (parameter->kind == KIND_HEADER && value.length <= LIMIT_VALUE && is_cookie(value))
        return refuse_cookie(refusal);
    if (!is_text || value.length <= LIMIT_VALUE)
        return status;
    text_string(&refusal->reason, "; at most ");
    text_number(&refusal->reason, LIMIT_VALUE);
    text_string(&refusal->reason, " bytes");
    return status;
}

/* A decoded name with its prefix, "2.status". */
static int take_prefixed_name(struct span whole, struct pair *pair, struct refusal *refusal)
{
    struct span name = whole;
    struct span attempts = span_cut(&name, '.');
    pair->from = 1;
    pair->to = UINT64_MAX;
    pair->rank = name.at != NULL && number_range(attempts, &pair->from, &pair->to) ? RANK_SOME : RANK_ALL;
    enum parameter_name found = parameters_find(pair->rank == RANK_SOME ? name : whole);
    if (found == PARAMETERS)
        return refuse_unknown(refusal, whole, pair->rank == RANK_SOME ? name : whole);
    if (pair->rank == RANK_SOME && parameters[found].is_same_always)
        return refuse_parameter(refusal, whole, "is the same for all attempts; remove the prefix before the dot", "");
    pair->name = (unsigned char)found;
    return 0;
}

static int take_pair(struct span name, struct span value, struct pair *pair, struct refusal *refusal)
{
    char room[NAME_ROOM];
    struct text plain = text_in(room, sizeof room);
    form_decode(&plain, name);
    if (plain.truncated) /* the part that fits could be a known name */
        return refuse_unknown(refusal, text_written(&plain), text_written(&plain));
    int status = take_prefixed_name(text_written(&plain), pair, refusal);
    if (status == 0 && !parameters_take(pair->name, value, &pair->value))
        return refuse_value(refusal, &parameters[pair->name], value);
    return status;
}

/* Both hold for the same attempt, and neither overrides the other. */
static bool is_repeated(const struct pair *one, const struct pair *other)
{
    return one->name == other->name && one->rank == other->rank && one->from <= other->to && other->from <= one->to &&
           !parameters[one->name].repeats;
}

static int check_repeated(const struct pairs *pairs, const struct pair *pair, struct refusal *refusal)
{
    const struct parameter *parameter = &parameters[pair->name];
    for (unsigned i = 0; i < pairs->count; i++)
        if (is_repeated(&pairs->at[i], pair))
            return refuse_parameter(refusal, span_of(parameter->name),
                                    "is given twice; it takes one value: ", parameter->accepts);
    return 0;
}

static int read_encoded(struct pairs *pairs, struct span encoded, struct refusal *refusal)
{
    struct span name, value;
    while (form_next(&encoded, &name, &value)) {
        struct pair pair = {.name = 0};
        int status = take_pair(name, value, &pair, refusal);
        if (pairs->count == LIMIT_PARAMETERS) {
            status = refuse(refusal, 400, "too many parameters; the maximum is ");
            text_number(&refusal->reason, LIMIT_PARAMETERS);
            return status;
        }
        if (status == 0)
            status = check_repeated(pairs, &pair, refusal);
        if (status != 0)
            return status;
        pairs->at[pairs->count++] = pair;
    }
    return 0;
}

/* The parameters of a case were checked when it was written: the unit tests read each case. */
static void add_case(struct pairs *pairs, struct span encoded_name)
{
    char room[LIMIT_KEY];
    struct text plain = text_in(room, sizeof room);
    struct named_case named = {.query = {NULL, 0}};
    struct span name, value;
    struct refusal unused;
    form_decode(&plain, encoded_name);
    (void)cases_find(text_written(&plain), &named); /* parameters_take() has found it before */
    for (unsigned i = 0; i < LIMIT_CASE_PARAMETERS && form_next(&named.query, &name, &value); i++) {
        struct pair *pair = &pairs->at[pairs->count++];
        (void)take_pair(name, value, pair, &unused);
        pair->rank = RANK_CASE;
    }
}

int pairs_read(struct pairs *pairs, struct span query, struct span form, struct refusal *refusal)
{
    pairs->count = 0;
    if (!percent_is_valid(query) || !percent_is_valid(form))
        return refuse(refusal, 400, "a \"%\" in the parameters is not followed by two hexadecimal digits");
    int status = read_encoded(pairs, query, refusal);
    if (status == 0)
        status = read_encoded(pairs, form, refusal);
    for (unsigned i = 0, given = pairs->count; status == 0 && i < given; i++)
        if (pairs->at[i].name == P_CASE)
            add_case(pairs, pairs->at[i].value.text);
    return status;
}

bool pairs_hold(const struct pair *pair, uint64_t attempt)
{
    return attempt >= pair->from && attempt <= pair->to;
}
