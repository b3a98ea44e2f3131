/* From a request to a plan. One table says which parameters there are; whatever is not in it is refused, by name. */
#include "stream/plan.h"

#include "http/form.h"
#include "stream/message.h"

/* Room for a decoded value; what is longer is no value of any parameter. */
enum { VALUE_ROOM = 64, NAME_SHOWN = 40 };

struct parameter {
    const char *name;
    const char *accepts;
    bool (*take)(struct span value, struct plan *plan);
};

static bool take_count(struct span value, struct plan *plan)
{
    plan->counted = true;
    return span_number(value, INT64_MAX, &plan->count);
}

static const struct parameter parameters[] = {
    {"count", "a whole number of messages, 0 to 9223372036854775807", take_count},
};

enum { PARAMETERS = sizeof parameters / sizeof *parameters };

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

/* `given` has a bit for each parameter that was there before. */
static int take_parameter(struct span name, struct span value, unsigned *given, struct plan *plan,
                          struct refusal *refusal)
{
    for (size_t i = 0; i < PARAMETERS; i++) {
        if (!span_is(name, parameters[i].name))
            continue;
        if ((*given & 1U << i) != 0)
            return refuse_parameter(refusal, name, "is given twice; it takes one value: ", parameters[i].accepts);
        *given |= 1U << i;
        if (!parameters[i].take(value, plan))
            return refuse_parameter(refusal, name, "takes ", parameters[i].accepts);
        return 0;
    }
    return refuse_unknown(refusal, name);
}

static int take_form(struct span form, unsigned *given, struct plan *plan, struct refusal *refusal)
{
    struct span name, value;
    int status = 0;
    while (status == 0 && form_next(&form, &name, &value)) {
        char name_room[VALUE_ROOM], value_room[VALUE_ROOM];
        struct text plain_name = text_in(name_room, sizeof name_room);
        struct text plain_value = text_in(value_room, sizeof value_room);
        form_decode(&plain_name, name);
        form_decode(&plain_value, value);
        struct span known = plain_value.cut ? (struct span){"", 0} : text_written(&plain_value);
        status = take_parameter(text_written(&plain_name), known, given, plan, refusal);
    }
    return status;
}

/* Messages end with number 2^63 - 1, so that no client that counts in 64 bits with a sign is led astray. */
static void stop_at_last_number(struct plan *plan)
{
    uint64_t left = INT64_MAX - plan->first + 1;
    if (plan->count > left)
        plan->count = left;
}

int plan_make(const struct request *request, struct span form, struct plan *plan, struct refusal *refusal)
{
    unsigned given = 0;
    *plan = (struct plan){.first = 1, .count = UINT64_MAX};
    (void)message_number(request->last_event_id, &plan->first);
    int status = percent_valid(request->query) && percent_valid(form)
                     ? 0
                     : refuse(refusal, 400, "a \"%\" in the parameters is not followed by two hexadecimal digits");
    if (status == 0)
        status = take_form(request->query, &given, plan, refusal);
    if (status == 0)
        status = take_form(form, &given, plan, refusal);
    stop_at_last_number(plan);
    return status;
}

uint64_t plan_end(const struct plan *plan)
{
    return plan->first + plan->count;
}
