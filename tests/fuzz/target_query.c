/*
 * Parameters. The input is lines: a query, a form body and a Last-Event-ID, and then a head. Decoding must agree with a
 * second decoder. If all pairs are counts, the plan must be accepted exactly if there is at most one and it is valid.
 * For every accepted plan:
 *   - The pieces together have the calculated length. With a format, each ends in an empty line, or all are JSON.
 *   - The response fields are lines without control characters.
 *   - What /expect sends for it is JSON.
 * The head is also used as a text/event-stream body.
 */
#include "expect/expect.h"
#include "fuzz.h"
#include "http/form.h"
#include "http/media_type.h"
#include "http/percent.h"
#include "plan/event_block.h"
#include "plan/make.h"
#include "plan/response_fields.h"
#include "stream/source_length.h"

#include <string.h>

enum { ROOM = 1 << 16, TOLD = 1 << 18, PIECES = 300, LONG_ONES = 128 };

/* The second decoder, into `room`. It decodes "+" as `plus`. */
static struct span decode(struct span encoded, char plus, char *room)
{
    size_t length = 0;
    for (size_t i = 0; i < encoded.length; i++) {
        bool escape = encoded.at[i] == '%' && i + 2 < encoded.length && span_hex_digit(encoded.at[i + 1]) >= 0 &&
                      span_hex_digit(encoded.at[i + 2]) >= 0;
        if (escape) {
            room[length++] = (char)(span_hex_digit(encoded.at[i + 1]) << 4 | span_hex_digit(encoded.at[i + 2]));
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
    must(!text.truncated && text.length <= encoded.length);
    must(same_bytes(text_written(&text), decode(encoded, ' ', other_room)));
    bool is_stream = span_is(decode(encoded, '+', other_room), "/stream");
    must(percent_decodes_to(encoded, "/stream") == is_stream);
}

/* Takes the pair up to the next "&". Returns false at the end. */
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

/* The number of counts, and the last one in *count. Returns -1 if one is not valid or there are several. */
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
            (span.length - i < 3 || span_hex_digit(span.at[i + 1]) < 0 || span_hex_digit(span.at[i + 2]) < 0))
            return false;
    return true;
}

static size_t count_words(const char *words)
{
    size_t count = 1;
    for (; *words != '\0'; words++)
        count += *words == '|';
    return count;
}

static void check_number(const struct plan *plan, enum parameter_name name)
{
    const struct parameter *parameter = &parameters[name];
    uint64_t number = plan_number(plan, name);
    if (!plan_has(plan, name) || parameter->kind >= KIND_SPLIT)
        return;
    if (parameter->kind == KIND_CHOICE)
        must(number < count_words(parameter->words));
    else if (number == PARAMETERS_WORD)
        must(parameter->words != NULL || parameter->most == PARAMETERS_WORD);
    else
        must(number >= parameter->least && number <= parameter->most);
}

/* Text for a head has no control characters except tabs. Text for a line of the stream has no line ends. */
static void check_text(unsigned kind, struct span encoded)
{
    static char room[ROOM];
    struct span text = decode(encoded, ' ', room);
    if (kind == KIND_LINE)
        must(text.length == 0 ||
             (memchr(text.at, '\r', text.length) == NULL && memchr(text.at, '\n', text.length) == NULL));
    else
        must(kind == KIND_RAW || is_field_text(text));
}

static void check_texts(const struct plan *plan)
{
    unsigned index = 0;
    struct span header;
    while (plan_next(plan, &index, P_HEADER, &header))
        check_text(KIND_HEADER, header);
    for (enum parameter_name name = 0; name < PARAMETERS; name++)
        if (plan_has(plan, name) && parameters[name].kind >= KIND_SPLIT)
            check_text(parameters[name].kind, plan->values[name].text);
}

/* The second reading covers only `count`. With other parameters, the plan must still be within its bounds. */
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
        check_number(plan, name);
    check_texts(plan);
    if (others)
        return;
    must(plan->counted == (in_query + in_form == 1));
    must(plan->count == count || (plan->count < count && plan_end(plan) == (uint64_t)INT64_MAX + 1));
}

/* A piece of a format is one event, which a cut-off template would not end. The body of an error is JSON. */
static void check_formatted(const struct plan *plan, const struct source *source, const struct piece *piece)
{
    struct span end = piece->back.length > 0 ? piece->back : piece->front;
    const char *line_end = plan_line_end(plan);
    size_t length = strlen(line_end);
    if (plan->format == NULL || span_starts(piece->front, "event: request"))
        return;
    if (plan_is_error(plan)) {
        must(is_json(piece->front) && piece->back.length == 0 && !source_has_next(source));
        return;
    }
    must(end.length > 2 * length && span_is(span_after(end, end.length - length), line_end));
    must(span_starts(span_after(end, end.length - 2 * length), line_end));
}

static struct source *open_source(const struct plan *plan, const struct request *request)
{
    static struct source_room room;
    static struct source source;
    struct arrived arrived = {.size = 0};
    source_open(&source, plan, request, "peer", arrived, &room);
    return &source;
}

/* Checks the first PIECES pieces. Returns true if those were all; then it also checks their total length. */
static bool check_pieces(const struct plan *plan, const struct request *request)
{
    struct source *source = open_source(plan, request);
    uint64_t length = 0;
    for (int pieces = 0; pieces < PIECES && source_has_next(source); pieces++) {
        struct piece piece = source_next(source, 0);
        length += piece_length(&piece);
        check_formatted(plan, source, &piece);
        must(piece_at(&piece, 0).length > 0 || piece_length(&piece) == 0);
        must(piece_at(&piece, piece_length(&piece)).length == 0);
    }
    if (source_has_next(source))
        return false;
    must(source_length(open_source(plan, request), 0) == length);
    return true;
}

static void put_json(void *text, struct span json)
{
    text_span(text, json);
}

/* Checks the JSON of a short plan. Of long plans, checks only the refusal, and only of some, because this is slow. */
static void check_expectation(const struct plan *plan, const struct request *request, bool is_short)
{
    static struct expect_room room;
    static char told[TOLD];
    struct text text = text_in(told, sizeof told);
    if (!is_short && request->query.length % LONG_ONES != LONG_ONES - 1)
        return;
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    int status = expect_check(open_source(plan, request), 0, &refusal);
    check_refusal(status, &refusal);
    must(status != 0 || plan_number(plan, P_LOOP) != PARAMETERS_WORD || plan_has(plan, P_CUT) ||
         plan_has(plan, P_STATUS) || plan_has(plan, P_TYPE));
    if (status != 0 || !is_short)
        return;
    expect_write(open_source(plan, request), 0, &room, put_json, &text);
    must(text.truncated || (span_starts(text_written(&text), "{\"events\":[") && is_json(text_written(&text))));
}

/* Each line ends in CR LF and has no other control characters except tabs. */
static void check_lines(struct span fields)
{
    while (fields.length > 0) {
        struct span line = span_cut(&fields, '\n');
        must(fields.at != NULL && line.length > 1 && line.at[line.length - 1] == '\r');
        must(memchr(line.at, ':', line.length) != NULL);
        must(is_field_text((struct span){line.at, line.length - 1}));
    }
}

static void check_fields(const struct plan *plan, const struct request *request)
{
    static void (*const writers[])(struct text *, const struct plan *,
                                   const struct request *) = {plan_preflight_fields, plan_challenge_fields};
    static struct source_room room;
    struct text text = text_in(room.bytes, sizeof room.bytes);
    plan_fields(&text, plan, request, 1);
    check_lines(text_written(&text));
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        text = text_in(room.bytes, sizeof room.bytes);
        writers[i](&text, plan, request);
        must(!text.truncated);
        check_lines(text_written(&text));
    }
}

/* `attempt` as for plan_make(). `stream` is a text/event-stream body; at == NULL: none. */
static void check_attempt(const struct request *request, struct span form, struct span stream, uint64_t attempt)
{
    static char id_room[LIMIT_VALUE];
    static struct pair few[PAIRS_FEW], many[PAIRS_MOST];
    static struct pairs pairs = {.few = few, .many = many};
    struct content content = {.form = form, .stream = stream, .room = id_room};
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    struct plan plan;
    int status = pairs_read(&pairs, request->query, form, &refusal);
    if (status == 0)
        status = plan_make(&pairs, request, &content, attempt, &plan, &refusal);
    must(status == 0 || status == 400);
    check_refusal(status, &refusal);
    if (stream.at == NULL)
        check_plan(&plan, status, request->query, form);
    if (status != 0)
        return;
    must(attempt == 0 || plan.attempt == attempt);
    check_expectation(&plan, request, check_pieces(&plan, request));
    check_fields(&plan, request);
    status = plan_check_required(&plan, request, &refusal);
    must(status == 0 || (status == 401 && plan_has(&plan, P_REQUIRE)));
    check_refusal(status, &refusal);
    status = plan_check_forbidden(&plan, request, &refusal);
    must(status == 0 || plan_has(&plan, P_FORBID));
    check_refusal(status, &refusal);
}

static bool is_line_end(char byte)
{
    return byte == '\r' || byte == '\n';
}

/* The pieces of a body are the body, and each of them but the last one ends with a blank line. */
static void check_events(struct span body)
{
    const char *at = body.at;
    while (body.length > 0) {
        struct span piece = event_block_next(&body);
        must(piece.at == at && piece.length > 0);
        at += piece.length;
        must(body.length == 0 || (piece.length > 1 && is_line_end(at[-1]) && is_line_end(at[-2])));
        must(body.length == 0 || at[-1] != '\r' || *at != '\n');
    }
}

/* Uses what follows the lines as the request's head, if it is one. */
static void take_head(struct request *request, struct span head)
{
    char reason_unsaid[LIMIT_REASON];
    struct refusal unsaid = {.room = reason_unsaid};
    struct span query = request->query, id = request->last_event_id;
    if (head.length == 0 || request_parse(head, request, &unsaid) != 0)
        *request = (struct request){.minor = 1, .head = span_of("")};
    request->query = query;
    request->last_event_id = id;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > ROOM)
        return 0;
    struct span input = copy_of((struct span){(const char *)data, size});
    struct span rest = input;
    struct span query = span_cut(&rest, '\n');
    struct span form = span_cut(&rest, '\n');
    struct request request = {.query = query, .last_event_id = span_cut(&rest, '\n')};
    take_head(&request, rest);
    check_attempt(&request, form, (struct span){NULL, 0}, 0);
    check_attempt(&request, form, (struct span){NULL, 0}, 2);
    if (rest.length > 0) {
        check_attempt(&request, form, rest, 0);
        check_events(rest);
    }
    check_decoding(query);
    must(percent_is_valid(query) == reference_percents(query));
    (void)media_type_is(form, "application/x-www-form-urlencoded");
    drop_copy(input);
    return 0;
}
