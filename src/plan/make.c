/* Making a plan: choose the pairs that hold for this attempt, then derive the rest. validate.c refuses bad
 * combinations. */
#include "plan/make.h"

#include "formats/formats.h"
#include "http/fields.h"
#include "plan/attempt.h"
#include "plan/message_id.h"
#include "plan/validate.h"

/* Takes the pairs of one rank that hold. They override those of the ranks before. */
static void take_rank(struct plan *plan, enum rank rank)
{
    for (unsigned i = 0; i < plan->pairs->count; i++) {
        const struct pair *pair = &plan->pairs->at[i];
        if (pair->rank != rank || !pairs_hold(pair, plan->method, plan->attempt))
            continue;
        plan->values[pair->name] = pair->value;
        plan->ranks[pair->name] = (unsigned char)rank;
        plan->given |= UINT64_C(1) << pair->name;
    }
}

/* A preflight is answered like the request that it announces (Fetch standard, 4.8). */
static struct span find_method(const struct request *request)
{
    struct span announced = {NULL, 0};
    if (request->method == METHOD_OPTIONS)
        announced = fields_find(request->head, "Access-Control-Request-Method");
    return announced.length > 0 ? announced : request->method_name;
}

/* The header overrides the parameter. */
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

/* The parameter overrides the path. Raw pieces and bodies have no format, and validate.c refuses the parameter there.
 */
static const struct format *format_of(const struct plan *plan, const struct content *content)
{
    if (plan_has(plan, P_FORMAT))
        return formats_at(plan_number(plan, P_FORMAT));
    return plan_has_messages(plan) ? content->format : NULL;
}

/* A stream with a format ends. Its error ends it, too, and a response that is an error has no messages. */
static uint64_t count_of(const struct plan *plan)
{
    if (plan_is_error(plan))
        return 0;
    if (plan_has(plan, P_ERROR_AFTER))
        return plan_number(plan, P_ERROR_AFTER);
    if (plan->counted)
        return plan_number(plan, P_COUNT);
    if (plan_number(plan, P_STATUS) >= 300)
        return 0; /* a client reads the body of a redirect to its end before it follows */
    return plan->format != NULL ? FORMAT_COUNT : plan_number(plan, P_COUNT);
}

/* The last possible message is number 2^63 - 1, so that clients can count in signed 64-bit integers. */
static void number_messages(struct plan *plan)
{
    plan->first = 1;
    if (message_id_parse(plan->last_id, &plan->first) && plan_number(plan, P_RESUME) == 1)
        plan->first++;
    plan->counted = plan_has(plan, P_COUNT);
    plan->count = count_of(plan);
    uint64_t left = (uint64_t)INT64_MAX + 1 - plan->first;
    if (plan->count > left)
        plan->count = left;
}

/* The cut of a case counts the bytes of the case. The retry line comes before them. */
static void move_cut(struct plan *plan)
{
    bool is_of_case = plan_has(plan, P_CUT) && plan->ranks[P_CUT] == RANK_CASE;
    if (is_of_case && plan_number(plan, P_CUT) != PARAMETERS_WORD)
        plan->values[P_CUT].number += plan_retry_length(plan);
}

int plan_make(const struct pairs *pairs, const struct request *request, const struct content *content, uint64_t attempt,
              struct plan *plan, struct refusal *refusal)
{
    plan->pairs = pairs;
    plan->given = 0;
    plan->body = content->stream;
    plan->json = content->json;
    plan->method = find_method(request);
    plan->attempt = 1; /* until it is known; the parameters that decide it have no prefix */
    take_rank(plan, RANK_CASE);
    take_rank(plan, RANK_ALL);
    find_last_id(plan, request, content->room);
    plan->attempt = attempt != 0 ? attempt : plan_attempt_of(plan, request);
    for (enum rank rank = RANK_METHOD; rank < RANKS; rank++)
        take_rank(plan, rank);
    plan->format = format_of(plan, content);
    plan->model = content->json != NULL && content->json->model.length > 0 ? content->json->model : content->model;
    plan->skipped = content->skipped;
    plan->is_whole = content->is_whole;
    number_messages(plan);
    move_cut(plan);
    return plan_validate(plan, request, refusal);
}
