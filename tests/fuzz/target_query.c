/*
 * Parameters. The input is lines: a query, a form body, a Last-Event-ID. Decoding must agree with a second decoder, and
 * a plan of counts alone must be accepted if, and only if, a plain reading of all pairs finds one good count at the
 * most. Whatever else is in a plan, its pieces are as long as is reckoned.
 */
#include "fuzz.h"
#include "http/form.h"
#include "stream/plan.h"
#include "stream/source.h"

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

/* A plain reading: how many counts there are, the last in *count; -1 if anything is wrong with one, or there is more.
 */
static int reference_counts(struct span pairs, uint64_t *count, bool *others)
{
    static char room[ROOM];
    struct span name, value;
    int counts = 0;
    while (next_pair(&pairs, &name, &value)) {
        if (!span_is(decode(name, ' ', room), "count")) {
            *others = true;
            continue;
        }
        struct span digits = decode(value, ' ', room);
        if (!span_number(digits, INT64_MAX, count) || ++counts > 1)
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

/* What other parameters mean is not read twice here; but a plan keeps within its bounds whatever they are. */
static void check_plan(const struct plan *plan, int status, struct span query, struct span form)
{
    uint64_t count = UINT64_MAX;
    bool others = false;
    int in_query = reference_counts(query, &count, &others);
    int in_form = reference_counts(form, &count, &others);
    bool good = reference_percents(query) && reference_percents(form) && in_query >= 0 && in_form >= 0 &&
                in_query + in_form <= 1;
    must(status != 0 || good);
    must(status == 0 || !good || others);
    if (status != 0)
        return;
    must(plan->first >= 1 && plan->first <= (uint64_t)INT64_MAX + 1 && plan->attempt >= 1);
    must(plan_end(plan) >= plan->first && plan_end(plan) <= (uint64_t)INT64_MAX + 1);
    for (enum parameter_name name = 0; name < PARAMETERS; name++)
        if (parameters[name].kind < KIND_SPLIT && plan_number(plan, name) != VALUE_WORD)
            must(plan_number(plan, name) <= parameters[name].most || !plan_has(plan, name));
    if (others)
        return;
    must(plan->counted == (in_query + in_form == 1));
    must(plan->count == count || (plan->count < count && plan_end(plan) == (uint64_t)INT64_MAX + 1));
}

/* All pieces of a plan that has an end, or the first ones: as long as was reckoned, and none without room. */
static void check_pieces(const struct plan *plan, const struct request *request)
{
    static struct source_room room;
    static struct source source;
    struct arrived arrived = {0, 0};
    uint64_t length = 0;
    source_open(&source, plan, request, "peer", arrived, &room);
    for (int pieces = 0; pieces < 300 && source_has_next(&source); pieces++) {
        struct piece piece = source_next(&source, 0);
        length += piece_length(&piece);
        must(piece_at(&piece, 0).length > 0 || piece_length(&piece) == 0);
        must(piece_at(&piece, piece_length(&piece)).length == 0);
    }
    if (source_has_next(&source))
        return;
    source_open(&source, plan, request, "peer", arrived, &room);
    must(source_length(&source, 0) == length);
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
    static char id_room[LIMIT_VALUE];
    struct content content = {.form = form, .room = id_room};
    int status = plan_make(&request, &content, 0, &plan, &refusal);
    must(status == 0 || status == 400);
    check_refusal(status, &refusal);
    check_plan(&plan, status, query, form);
    if (status == 0)
        check_pieces(&plan, &request);
    check_decoding(query);
    must(percent_valid(query) == reference_percents(query));
    (void)media_type_is(form, "application/x-www-form-urlencoded");
    drop_copy(input);
    return 0;
}
