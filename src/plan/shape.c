/* The shape of a response, read off its plan. Nothing fails. */
#include "plan/shape.h"

#include "base/clock.h"

/* The words of the parameter `framing`, in their order. */
static const enum framing framings[] = {FRAMING_CHUNKED, FRAMING_CLOSE, FRAMING_LENGTH};

enum framing shape_framing(const struct plan *plan, const struct request *request)
{
    if (!status_has_body((int)plan_number(plan, P_STATUS)))
        return FRAMING_NONE;
    if (plan_has(plan, P_FRAMING))
        return framings[plan_number(plan, P_FRAMING)];
    return request->minor > 0 ? FRAMING_CHUNKED : FRAMING_CLOSE;
}

int64_t shape_interval(const struct plan *plan)
{
    if (!plan_has_messages(plan) && !plan_has(plan, P_INTERVAL))
        return 0;
    return (int64_t)plan_number(plan, P_INTERVAL);
}

const char *shape_line_end(const struct plan *plan)
{
    static const char *const line_ends[] = {"\n", "\r", "\r\n"}; /* the words of `eol`, in their order */
    return line_ends[plan_number(plan, P_EOL)];
}

bool shape_batches(const struct plan *plan)
{
    return plan_has_messages(plan) && shape_interval(plan) == 0 && !plan_has(plan, P_SPLIT);
}

bool shape_joins_end(const struct plan *plan)
{
    return plan_has_messages(plan) && plan_number(plan, P_END) == END_CLOSE && !plan_has(plan, P_SPLIT);
}

bool shape_has_head_apart(const struct plan *plan)
{
    return !plan_has_messages(plan) || plan_has(plan, P_SPLIT) || plan_has(plan, P_PAUSE);
}

uint64_t shape_length(const struct plan *plan, uint64_t total)
{
    uint64_t cut = plan_number(plan, P_CUT);
    bool is_cut = cut < total;
    if (plan_number(plan, P_END) == END_CLOSE)
        return is_cut ? cut : total;
    return is_cut ? total : total + 1;
}
