/* Events by templates. Nothing fails: validate.c keeps the text that an event repeats within a piece. */
#include "stream/formatted.h"

/* Leaves out events of the opening or the closing. */
static void skip_events(struct formatted *formatted)
{
    while (formatted->skipped > 0 && formatted->events.length > 0) {
        (void)template_cut_event(&formatted->events);
        formatted->skipped--;
        formatted->values.sequence++;
    }
}

static const char *closing_of(const struct plan *plan)
{
    if (plan_is_error(plan) || plan_number(plan, P_FINISH) != 0) /* not "yes" */
        return "";
    return plan_has(plan, P_ERROR_AFTER) ? plan->format->error : plan->format->closing;
}

/* Goes on to the closing if there are no more deltas. */
static void end_deltas(struct formatted *formatted, const struct plan *plan, uint64_t number)
{
    if (number < plan_end(plan))
        return;
    formatted->events = span_of(closing_of(plan));
    skip_events(formatted);
    formatted->stage = formatted->events.length > 0 ? FORMATTED_CLOSING : FORMATTED_END;
}

/* Goes on to the deltas, and leaves out some of them without a loop: there may be 2^63. */
static void begin_deltas(struct formatted *formatted, const struct plan *plan, uint64_t *number)
{
    uint64_t deltas = formatted->skipped < plan->count ? formatted->skipped : plan->count;
    formatted->skipped -= deltas;
    formatted->values.sequence += deltas;
    *number += deltas;
    formatted->stage = FORMATTED_DELTAS;
    end_deltas(formatted, plan, *number);
}

void formatted_open(struct formatted *formatted, const struct plan *plan, uint64_t *number)
{
    formatted->stage = FORMATTED_OPENING;
    formatted->events = span_of(plan_is_error(plan) ? plan->format->refusal : plan->format->opening);
    formatted->skipped = plan_is_error(plan) ? 0 : plan->skipped;
    formatted->values = (struct template_values){
        .line_end = plan_line_end(plan),
        .model = plan->model.length > 0 ? plan->model : span_of(FORMAT_MODEL),
        .created = plan_has(plan, P_TIME) ? plan_number(plan, P_TIME) : FORMAT_CREATED,
        .size = plan_number(plan, P_SIZE),
        .first = plan->first,
        .count = plan->count,
    };
    skip_events(formatted);
    if (formatted->events.length == 0)
        begin_deltas(formatted, plan, number);
}

static struct piece next_event(struct formatted *formatted, const struct plan *plan, struct text *text)
{
    struct span event = template_cut_event(&formatted->events);
    if (plan_is_error(plan))
        format_refusal(text, plan->format, (int)plan_number(plan, P_STATUS), (struct span){NULL, 0});
    else
        (void)template_expand(text, event, &formatted->values);
    return (struct piece){.front = text_written(text)};
}

static struct piece next_delta(struct formatted *formatted, const struct plan *plan, uint64_t number, struct text *text)
{
    struct template_values *values = &formatted->values;
    values->number = number;
    struct span rest = template_expand(text, span_of(plan->format->delta), values);
    struct piece piece = {.front = text_written(text)};
    if (values->size > 0) {
        struct text back = text_in(text->at + text->length, text->capacity - text->length);
        text_string(&back, " ");
        (void)template_expand(&back, rest, values);
        piece.padding = values->size - TEMPLATE_TEXT;
        piece.back = text_written(&back);
    }
    return piece;
}

struct piece formatted_next(struct formatted *formatted, const struct plan *plan, uint64_t *number, struct text *text,
                            bool *hurries)
{
    struct piece piece;
    if (formatted->stage == FORMATTED_DELTAS) {
        piece = next_delta(formatted, plan, (*number)++, text);
        end_deltas(formatted, plan, *number);
    } else {
        piece = next_event(formatted, plan, text);
        *hurries = formatted->events.length > 0;
        if (!*hurries && formatted->stage == FORMATTED_OPENING)
            begin_deltas(formatted, plan, number);
        else if (!*hurries)
            formatted->stage = FORMATTED_END;
    }
    formatted->values.sequence++;
    return piece;
}
