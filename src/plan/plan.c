/*
 * From a request to a plan: the parameters that hold for this attempt, its case's among them, and what follows from
 * them. Whatever is not in the table, or does not fit beside another, is refused by name.
 */
#include "plan/plan.h"

#include "cases/cases.h"
#include "http/form.h"
#include "plan/attempt.h"
#include "plan/pairs.h"
#include "plan/validate.h"
#include "stream/message.h"

_Static_assert(PARAMETERS <= 64, "a bit for each");

static uint64_t bit(enum parameter_name name)
{
    return UINT64_C(1) << name;
}

bool plan_has(const struct plan *plan, enum parameter_name name)
{
    return (plan->given & bit(name)) != 0;
}

uint64_t plan_number(const struct plan *plan, enum parameter_name name)
{
    return plan_has(plan, name) ? plan->values[name].number : parameters[name].fallback;
}

void plan_text(const struct plan *plan, enum parameter_name name, struct text *text)
{
    if (plan_has(plan, name))
        form_decode(text, plan->values[name].text);
}

bool plan_has_messages(const struct plan *plan)
{
    return !plan_has(plan, P_RAW) && plan->body.at == NULL;
}

bool plan_is_plain(const struct plan *plan)
{
    return (plan->given & ~bit(P_COUNT)) == 0 && plan->body.at == NULL;
}

/*
 * What is for some attempts goes before what is for all, and that before what the case has; the order in which they
 * came tells nothing.
 */
static void take_pairs(struct plan *plan, enum rank rank)
{
    struct pairs rest = plan->pairs;
    struct pair pair;
    struct refusal unsaid;
    int status;
    while (pairs_next(&rest, &pair, &status, &unsaid)) {
        if (pair.rank != rank || (rank == RANK_SOME && !pairs_hold(&pair, plan->attempt)))
            continue;
        (void)parameters_take(pair.name, pair.value, &plan->values[pair.name]);
        plan->given |= bit(pair.name);
        if (rank == RANK_SOME)
            plan->overridden |= bit(pair.name);
    }
}

/* What the case has that was named is as if it were given; but whatever stands beside the name is taken once more. */
static void take_case(struct plan *plan)
{
    char room[LIMIT_KEY];
    struct text name = text_in(room, sizeof room);
    struct named_case named;
    uint64_t beside = plan->given;
    plan_text(plan, P_CASE, &name);
    if (cases_find(text_written(&name), &named)) /* as any value that was taken, it is one */
        plan->pairs.of_case = named.query;
    take_pairs(plan, RANK_CASE);
    plan->of_case = plan->given & ~beside;
    take_pairs(plan, RANK_ALL);
}

/* The rank of the pairs that hold, of all those of that name. */
static enum rank rank_of(const struct plan *plan, enum parameter_name name)
{
    if ((plan->overridden & bit(name)) != 0)
        return RANK_SOME;
    return (plan->of_case & bit(name)) != 0 ? RANK_CASE : RANK_ALL;
}

bool plan_next(const struct plan *plan, struct pairs *rest, enum parameter_name name, struct span *value)
{
    enum rank rank = rank_of(plan, name);
    struct pair pair;
    struct refusal unsaid;
    int status;
    while (pairs_next(rest, &pair, &status, &unsaid)) {
        if (pair.name != name || pair.rank != rank || !pairs_hold(&pair, plan->attempt))
            continue;
        *value = pair.value;
        return true;
    }
    return false;
}

/* The header wins over the parameter that stands in for it. */
static void find_last_id(struct plan *plan, const struct request *request, char *room)
{
    struct text text = text_in(room, LIMIT_VALUE);
    if (request->last_event_id.length > 0) {
        plan->last_id = request->last_event_id;
        return;
    }
    plan_text(plan, P_LAST_EVENT_ID, &text);
    plan->last_id = text_written(&text);
}

/* Messages end with number 2^63 - 1, so that no client that counts in 64 bits with a sign is led astray. */
static void number_messages(struct plan *plan)
{
    plan->first = 1;
    if (message_number(plan->last_id, &plan->first) && plan_number(plan, P_RESUME) == 1)
        plan->first++;
    plan->counted = plan_has(plan, P_COUNT);
    plan->count = plan_number(plan, P_COUNT);
    if (!plan->counted && plan_number(plan, P_STATUS) >= 300)
        plan->count = 0; /* whoever follows a redirect reads its body to the end first */
    uint64_t left = (uint64_t)INT64_MAX + 1 - plan->first;
    if (plan->count > left)
        plan->count = left;
}

int plan_make(const struct request *request, const struct content *content, uint64_t attempt, struct plan *plan,
              struct refusal *refusal)
{
    plan->given = plan->overridden = plan->of_case = 0;
    plan->attempt = attempt;
    plan->body = content->stream;
    plan->pairs = (struct pairs){.query = request->query, .form = content->form};
    if (!percent_valid(request->query) || !percent_valid(content->form))
        return refuse(refusal, 400, "a \"%\" in the parameters is not followed by two hexadecimal digits");
    int status = pairs_check(plan->pairs, refusal);
    if (status != 0)
        return status;
    take_pairs(plan, RANK_ALL);
    if (plan_has(plan, P_CASE))
        take_case(plan);
    find_last_id(plan, request, content->room);
    if (attempt == 0)
        plan->attempt = plan_attempt_of(plan, request);
    take_pairs(plan, RANK_SOME);
    number_messages(plan);
    return plan_validate(plan, request, refusal);
}

uint64_t plan_end(const struct plan *plan)
{
    return plan->first + plan->count;
}
