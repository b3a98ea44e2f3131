/* Reading a plan. Nothing fails. */
#include "plan/plan.h"

#include "http/form.h"
#include "http/status_code.h"

_Static_assert(PARAMETERS <= 64, "a bit for each parameter");

bool plan_has(const struct plan *plan, enum parameter_name name)
{
    return (plan->given >> name & 1) != 0;
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

void plan_forget(struct plan *plan, enum parameter_name name)
{
    plan->given &= ~(UINT64_C(1) << name);
}

bool plan_next(const struct plan *plan, unsigned *index, enum parameter_name name, struct span *value)
{
    while (plan_has(plan, name) && *index < plan->pairs->count) {
        const struct pair *pair = &plan->pairs->at[(*index)++];
        if (pair->name != name || pair->rank != plan->ranks[name] || !pairs_hold(pair, plan->method, plan->attempt))
            continue;
        *value = pair->value.text;
        return true;
    }
    return false;
}

bool plan_has_messages(const struct plan *plan)
{
    return !plan_has(plan, P_RAW) && plan->body.at == NULL;
}

bool plan_is_error(const struct plan *plan)
{
    return plan->format != NULL && plan_number(plan, P_STATUS) >= 400;
}

bool plan_wants_no_stream(const struct plan *plan)
{
    bool asks_in_json = plan->format != NULL && plan->format->asks_for_stream && plan->json != NULL;
    return plan->format != NULL && (plan->is_whole || (asks_in_json && !plan->json->stream));
}

bool plan_is_plain(const struct plan *plan)
{
    return (plan->given & ~(UINT64_C(1) << P_COUNT)) == 0 && plan->body.at == NULL && plan->format == NULL;
}

uint64_t plan_end(const struct plan *plan)
{
    return plan->first + plan->count;
}

enum framing plan_framing(const struct plan *plan, const struct request *request)
{
    static const enum framing framings[] = {FRAMING_CHUNKED, FRAMING_CLOSE,
                                            FRAMING_LENGTH}; /* the words of `framing` */
    if (!status_code_has_body((int)plan_number(plan, P_STATUS)))
        return FRAMING_NONE;
    if (plan_has(plan, P_FRAMING))
        return framings[plan_number(plan, P_FRAMING)];
    return request->minor > 0 ? FRAMING_CHUNKED : FRAMING_CLOSE;
}

struct waits plan_waits(const struct plan *plan, enum parameter_name name)
{
    struct waits waits = {.rest = {NULL, 0}};
    if (plan_has(plan, name))
        waits.rest = plan->values[name].text;
    else if (plan_has_messages(plan))
        waits.ns = (int64_t)parameters[name].fallback;
    return waits;
}

const char *plan_line_end(const struct plan *plan)
{
    static const char *const line_ends[] = {"\n", "\r", "\r\n"}; /* the words of `eol`, in their order */
    if (plan->format != NULL && !plan_has(plan, P_EOL))
        return plan->format->line_end;
    return line_ends[plan_number(plan, P_EOL)];
}

uint64_t plan_retry_length(const struct plan *plan)
{
    char room[LIMIT_LINE];
    struct text value = text_in(room, sizeof room);
    if (plan_has_messages(plan) || !plan_has(plan, P_RETRY))
        return 0;
    plan_text(plan, P_RETRY, &value);
    return sizeof "retry: \n" - 1 + value.length;
}

bool plan_batches(const struct plan *plan)
{
    return plan_has_messages(plan) && waits_longest(plan_waits(plan, P_INTERVAL)) == 0 && !plan_has(plan, P_SPLIT) &&
           !plan_has(plan, P_BUFFER);
}

bool plan_is_uniform(const struct plan *plan)
{
    return plan_batches(plan) && plan->format == NULL && plan_number(plan, P_SIZE) == 0 && !plan_has(plan, P_CUT) &&
           !plan_has(plan, P_CHUNK) && plan_number(plan, P_ENCODING) == 0 && plan_number(plan, P_END) != END_HANG;
}

bool plan_joins_end(const struct plan *plan)
{
    return plan_has_messages(plan) && plan_number(plan, P_END) == END_CLOSE && !plan_has(plan, P_SPLIT);
}

bool plan_has_separate_head(const struct plan *plan)
{
    return !plan_has_messages(plan) || plan_has(plan, P_SPLIT) || plan_has(plan, P_PAUSE) || plan_has(plan, P_BUFFER);
}

uint64_t plan_length(const struct plan *plan, uint64_t total)
{
    uint64_t cut = plan_number(plan, P_CUT);
    bool is_cut = cut < total;
    if (plan_number(plan, P_END) == END_CLOSE)
        return is_cut ? cut : total;
    return is_cut ? total : total + 1;
}

size_t plan_block_size(const struct plan *plan)
{
    if (!plan_has(plan, P_BUFFER))
        return 0;
    uint64_t size = plan_number(plan, P_BUFFER);
    return size < LIMIT_BUFFER ? (size_t)size : LIMIT_BUFFER;
}
