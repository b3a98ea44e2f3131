/*
 * Parameters. The input is lines: a query, a form body, a Last-Event-ID. Decoding must agree with a second decoder, and
 * a plan must be accepted if, and only if, a plain reading of all pairs finds one good count at the most.
 */
#include "fuzz.h"
#include "http/form.h"
#include "stream/plan.h"

enum { ROOM = 1 << 16 };

/* The second decoder: into `room`, bytes that stand for themselves included. `plus` is what "+" stands for. */
static struct span decode(struct span encoded, char plus, char *room)
{
    size_t length = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        bool escape = encoded.at[i] == '%' && i + 2 < encoded.length && hex_digit(encoded.at[i + 1]) >= 0 &&
                      hex_digit(encoded.at[i + 2]) >= 0;
        if (escape) {
            room[length++] = (char)(hex_digit(encoded.at[i + 1]) << 4 | hex_digit(encoded.at[i + 2]));
            i += 2;
        } else {
            room[length++] = encoded.at[i] == '+' ? plus : encoded.at[i];
        }
    }
    return (struct span){room, length};
}

static void check_decoding(struct span encoded)
{
    static char room[ROOM], other_room[ROOM];
    struct text text = text_in(room, sizeof room);
    form_decode(&text, encoded);
    must(!text.cut && text.length <= encoded.length);
    must(same_bytes(text_written(&text), decode(encoded, ' ', other_room)));
    bool is_stream = span_is(decode(encoded, '+', other_room), "/stream");
    must(percent_decodes_to(encoded, "/stream") == is_stream);
}

/* The pair up to the next "&". False at the end. */
static bool next_pair(struct span *rest, struct span *name, struct span *value)
{
    if (rest->at == NULL)
        return false;
    size_t end = 0, middle = 0;
    while (end < rest->length && rest->at[end] != '&')
        end++;
    while (middle < end && rest->at[middle] != '=')
        middle++;
    *name = (struct span){rest->at, middle};
    *value = middle < end ? (struct span){rest->at + middle + 1, end - middle - 1} : (struct span){rest->at, 0};
    *rest = end < rest->length ? span_after(*rest, end + 1) : (struct span){NULL, 0};
    return end > 0 || next_pair(rest, name, value);
}

/* A plain reading: how many counts there are, the last in *count; -1 if anything is wrong. */
static int reference_counts(struct span parameters, uint64_t *count)
{
    static char room[ROOM];
    struct span name, value;
    int counts = 0;
    while (next_pair(&parameters, &name, &value)) {
        if (!span_is(decode(name, ' ', room), "count"))
            return -1;
        struct span digits = decode(value, ' ', room);
        if (digits.length > 64 || !span_number(digits, INT64_MAX, count) || ++counts > 1)
            return -1;
    }
    return counts;
}

static bool reference_percents(struct span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (span.at[i] == '%' &&
            (span.length - i < 3 || hex_digit(span.at[i + 1]) < 0 || hex_digit(span.at[i + 2]) < 0))
            return false;
    return true;
}

static void check_plan(const struct plan *plan, int status, struct span query, struct span form)
{
    uint64_t count = UINT64_MAX;
    int in_query = reference_counts(query, &count);
    int in_form = reference_counts(form, &count);
    bool good = reference_percents(query) && reference_percents(form) && in_query >= 0 && in_form >= 0 &&
                in_query + in_form <= 1;
    must((status == 0) == good);
    must(plan->first >= 1 && plan->first <= INT64_MAX && plan_end(plan) <= (uint64_t)INT64_MAX + 1);
    must(plan_end(plan) >= plan->first);
    if (status == 0) {
        must(plan->counted == (in_query + in_form == 1));
        must(plan->count == count || (plan->count < count && plan_end(plan) == (uint64_t)INT64_MAX + 1));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > ROOM)
        return 0;
    struct span input = copy_of((struct span){(const char *)data, size});
    struct span rest = input;
    struct span query = span_cut(&rest, '\n');
    struct span form = span_cut(&rest, '\n');
    struct request request = {.query = query, .last_event_id = rest};
    struct refusal refusal = {0};
    struct plan plan;
    int status = plan_make(&request, form, &plan, &refusal);
    must(status == 0 || status == 400);
    check_refusal(status, &refusal);
    check_plan(&plan, status, query, form);
    check_decoding(query);
    must(percent_valid(query) == reference_percents(query));
    (void)media_type_is(form, "application/x-www-form-urlencoded");
    drop_copy(input);
    return 0;
}
