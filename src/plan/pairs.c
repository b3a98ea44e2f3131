/* Reading pairs. Every fault is reported together with what is accepted. */
#include "plan/pairs.h"

#include "base/number.h"
#include "base/similar.h"
#include "cases/cases.h"
#include "http/fields.h"
#include "http/form.h"
#include "http/percent.h"
#include "plan/refuse.h"

#include <string.h>

enum { NAME_ROOM = 64 };

/* `name` is `whole` without its prefix. */
static int refuse_unknown(struct refusal *refusal, struct span whole, struct span name)
{
    struct similar similar = similar_to(name);
    int status = refuse_parameter(refusal, whole, "is unknown; ", "");
    for (size_t i = 0; i < PARAMETERS; i++)
        similar_try(&similar, span_of(parameters[i].name));
    if (similar.found.at != NULL) {
        text_string(&refusal->reason, "did you mean \"");
        text_span(&refusal->reason, similar.found);
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

static bool is_lower(char byte)
{
    return byte >= 'a' && byte <= 'z';
}

/* A token (RFC 9110, 9.1) with a capital letter and no small one. A range of attempts has no letter. */
static bool is_method(struct span token)
{
    bool has_capital = false;
    for (size_t i = 0; i < token.length; i++) {
        if (!fields_is_tchar(token.at[i]) || is_lower(token.at[i]))
            return false;
        has_capital |= token.at[i] >= 'A' && token.at[i] <= 'Z';
    }
    return has_capital && token.length < LIMIT_METHOD;
}

/* Takes the prefix off the front of a decoded name, and sets what the pair is for. Returns the rest. */
static struct span take_prefix(struct span whole, struct pair *pair)
{
    struct span name = whole, rest = whole;
    struct span part = span_cut(&rest, '.');
    pair->from = 1;
    pair->to = UINT64_MAX;
    pair->method[0] = '\0';
    if (rest.at != NULL && is_method(part)) {
        memcpy(pair->method, part.at, part.length);
        pair->method[part.length] = '\0';
        name = rest;
        part = span_cut(&rest, '.');
    }
    bool has_method = pair->method[0] != '\0';
    bool has_attempts = rest.at != NULL && number_range(part, &pair->from, &pair->to);
    pair->rank = has_attempts ? (has_method ? RANK_BOTH : RANK_ATTEMPTS) : has_method ? RANK_METHOD : RANK_ALL;
    return has_attempts ? rest : name;
}

/* `whole` ends in a known name, and the prefix before that name is invalid. */
static int refuse_prefix(struct refusal *refusal, struct span whole, struct span name)
{
    char room[NAME_ROOM];
    struct text capitals = text_in(room, sizeof room);
    struct pair tried;
    int status = refuse_parameter(refusal, whole, "has an unknown prefix; ", "");
    text_span(&capitals, whole);
    for (size_t i = 0; i < whole.length - name.length; i++)
        if (is_lower(room[i]))
            room[i] = (char)(room[i] - ('a' - 'A'));
    if (take_prefix(text_written(&capitals), &tried).length == name.length) {
        text_string(&refusal->reason, "write the method in capitals, \"");
        text_printable(&refusal->reason, text_written(&capitals), REFUSE_SHOWN);
        text_string(&refusal->reason, "\"; ");
    }
    text_string(&refusal->reason, "accepted: METHOD.NAME, ATTEMPTS.NAME and METHOD.ATTEMPTS.NAME, such as POST.status, "
                                  "2.status, 1-3.status, 4-.status and POST.2.status");
    return status;
}

static struct span after_last_dot(struct span name)
{
    for (struct span rest = name; rest.at != NULL; (void)span_cut(&rest, '.'))
        name = rest;
    return name;
}

/* A decoded name with its prefix, "POST.2.status". */
static int take_prefixed_name(struct span whole, struct pair *pair, struct refusal *refusal)
{
    struct span name = take_prefix(whole, pair);
    enum parameter_name found = parameters_find(name);
    struct span last = after_last_dot(name);
    if (found == PARAMETERS && last.length < name.length && parameters_find(last) != PARAMETERS)
        return refuse_prefix(refusal, whole, last);
    if (found == PARAMETERS)
        return refuse_unknown(refusal, whole, name);
    if (pair->rank != RANK_ALL && parameters[found].is_same_always)
        return refuse_parameter(refusal, whole, "is the same for all attempts and methods; remove the prefix", "");
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
        return refuse_value(refusal, pair->name, value);
    return status;
}

/* Both hold for the same method and attempt, and neither overrides the other. */
static bool is_repeated(const struct pair *one, const struct pair *other)
{
    return one->name == other->name && one->rank == other->rank && one->from <= other->to && other->from <= one->to &&
           strcmp(one->method, other->method) == 0 && !parameters[one->name].repeats;
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

/* Returns the place of one more pair. If there are too many for the small memory, all move to the large one. */
static struct pair *append_pair(struct pairs *pairs)
{
    if (pairs->count == PAIRS_FEW && pairs->at == pairs->few) {
        memcpy(pairs->many, pairs->few, PAIRS_FEW * sizeof *pairs->few);
        pairs->at = pairs->many;
    }
    return &pairs->at[pairs->count++];
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
        *append_pair(pairs) = pair;
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
    struct refusal unused = {.room = NULL};
    form_decode(&plain, encoded_name);
    (void)cases_find(text_written(&plain), &named); /* parameters_take() has found it before */
    for (unsigned i = 0; i < LIMIT_CASE_PARAMETERS && form_next(&named.query, &name, &value); i++) {
        struct pair *pair = append_pair(pairs);
        (void)take_pair(name, value, pair, &unused);
        pair->rank = RANK_CASE;
    }
}

int pairs_read(struct pairs *pairs, struct span query, struct span form, struct refusal *refusal)
{
    pairs->count = 0;
    pairs->at = pairs->few != NULL ? pairs->few : pairs->many;
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

bool pairs_hold(const struct pair *pair, struct span method, uint64_t attempt)
{
    return attempt >= pair->from && attempt <= pair->to && (pair->method[0] == '\0' || span_is(method, pair->method));
}
