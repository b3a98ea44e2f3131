/* Events by templates. Nothing fails: validate.c keeps the text that an event repeats within a piece. */
#include "stream/formatted.h"

void formatted_open(struct formatted *formatted, const struct plan *plan)
{
    formatted->events = span_of(plan_is_error(plan) ? plan->format->refusal : plan->format->opening);
    formatted->values = (struct template_values){
        .line_end = plan_line_end(plan),
        .model = plan->model.length > 0 ? plan->model : span_of(FORMAT_MODEL),
        .created = plan_has(plan, P_TIME) ? plan_number(plan, P_TIME) : FORMAT_CREATED,
        .size = plan_number(plan, P_SIZE),
        .first = plan->first,
        .count = plan->count,
    };
}

void formatted_close(struct formatted *formatted, const struct plan *plan)
{
    formatted->events = (struct span){"", 0};
    if (plan_is_error(plan))
        return;
    if (plan_has(plan, P_ERROR_AFTER))
        formatted->events = span_of(plan->format->error);
    else if (plan_number(plan, P_FINISH) == 0) /* yes */
        formatted->events = span_of(plan->format->closing);
}

void formatted_event(struct formatted *formatted, const struct plan *plan, struct text *text)
{
    struct span event = template_cut_event(&formatted->events);
    if (plan_is_error(plan))
        format_refusal(text, plan->format, (int)plan_number(plan, P_STATUS), (struct span){NULL, 0});
    else
        (void)template_expand(text, event, &formatted->values);
    formatted->values.sequence++;
}

struct piece formatted_delta(struct formatted *formatted, const struct plan *plan, uint64_t number, struct text *text)
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
    values->sequence++;
    return piece;
}
