/* Pairs of names and values, checked before any is used. A fault is named together with what is accepted. */
#include "plan/pairs.h"

#include "base/limits.h"
#include "base/number.h"
#include "http/form.h"

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

static int refuse_unknown(struct refusal *refusal, struct span name)
{
    int status = refuse_parameter(refusal, name, "is not known here; accepted: ", parameters[0].name);
    for (size_t i = 1; i < PARAMETERS; i++) {
        text_string(&refusal->reason, ", ");
        text_string(&refusal->reason, parameters[i].name);
    }
    return status;
}

/* "2.status": for which attempts, and what. */
static int parse_name(struct span whole, struct pair *pair, struct refusal *refusal)
{
    struct span name = whole;
    struct span attempts = span_cut(&name, '.');
    pair->from = 1;
    pair->to = UINT64_MAX;
    pair->rank = name.at != NULL && number_range(attempts, &pair->from, &pair->to) ? RANK_SOME : RANK_ALL;
    if (pair->rank == RANK_ALL)
        name = whole;
    pair->name = parameters_find(name);
    if (pair->name == PARAMETERS)
        return refuse_unknown(refusal, whole);
    if (pair->rank == RANK_SOME && parameters[pair->name].is_same_always)
        return refuse_parameter(refusal, whole, "is the same for all attempts: leave out what is before the dot", "");
    return 0;
}

bool pairs_next(struct pairs *rest, struct pair *pair, int *status, struct refusal *refusal)
{
    struct span name;
    char room[NAME_ROOM];
    struct text plain = text_in(room, sizeof room);
    *status = 0;
    bool is_given = form_next(&rest->query, &name, &pair->value) || form_next(&rest->form, &name, &pair->value);
    if (!is_given && !form_next(&rest->of_case, &name, &pair->value))
        return false;
    form_decode(&plain, name);
    if (plain.truncated) /* what is left may look like a name that is known */
        *status = refuse_unknown(refusal, text_written(&plain));
    else
        *status = parse_name(text_written(&plain), pair, refusal);
    if (!is_given)
        pair->rank = RANK_CASE;
    return *status == 0;
}

bool pairs_hold(const struct pair *pair, uint64_t attempt)
{
    return attempt >= pair->from && attempt <= pair->to;
}

/* Both would hold for the same attempt, with nothing to say which of them goes first. */
static bool is_repeated(const struct pair *one, const struct pair *other)
{
    return one->name == other->name && one->rank == other->rank && one->from <= other->to && other->from <= one->to &&
           !parameters[one->name].repeats;
}

/* None of the first `count` pairs, which were looked at before, is given again by this one. */
static int check_repeated(struct pairs pairs, unsigned count, const struct pair *pair, struct refusal *refusal)
{
    struct pair before;
    int status;
    const struct parameter *parameter = &parameters[pair->name];
    for (unsigned i = 0; i < count && pairs_next(&pairs, &before, &status, refusal); i++)
        if (is_repeated(&before, pair))
            return refuse_parameter(refusal, span_of(parameter->name),
                                    "is given twice; it takes one value: ", parameter->accepts);
    return 0;
}

/* Of text for the head that is long, its length may be what is wrong. */
static int refuse_value(struct refusal *refusal, const struct pair *pair)
{
    const struct parameter *parameter = &parameters[pair->name];
    bool is_text = parameter->kind >= KIND_FIELD && parameter->kind <= KIND_REQUIRE;
    int status = refuse_parameter(refusal, span_of(parameter->name), "takes ", parameter->accepts);
    if (!is_text || pair->value.length <= LIMIT_VALUE)
        return status;
    text_string(&refusal->reason, "; at most ");
    text_number(&refusal->reason, LIMIT_VALUE);
    text_string(&refusal->reason, " bytes");
    return status;
}

int pairs_check(struct pairs pairs, struct refusal *refusal)
{
    struct pairs rest = pairs;
    struct pair pair;
    union value value;
    int status;
    for (unsigned count = 0; pairs_next(&rest, &pair, &status, refusal); count++) {
        if (count == LIMIT_PARAMETERS)
            return refuse(refusal, 400, "there are more than 256 parameters");
        if (!parameters_take(pair.name, pair.value, &value))
            return refuse_value(refusal, &pair);
        status = check_repeated(pairs, count, &pair, refusal);
        if (status != 0)
            return status;
    }
    return status;
}
