/*
 * Last-Event-ID. The input is the value of the field. Its number must agree with a second reader. The plan must be the
 * same if the value comes in a head. The event with this number must have an id that leads back to the number.
 */
#include "fuzz.h"
#include "plan/make.h"
#include "plan/message_id.h"
#include "stream/message.h"

#include <string.h>

/* The second reader. Returns 0 if there is no number. */
static uint64_t reference_number(struct span id)
{
    uint64_t number = 0;
    if (id.length < 9 || memcmp(id.at, "message-", 8) != 0)
        return 0;
    for (size_t i = 8; i < id.length; i++) {
        if (id.at[i] < '0' || id.at[i] > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(id.at[i] - '0'), &number) || number > INT64_MAX)
            return 0;
    }
    return number;
}

static uint64_t planned_first(const struct request *request)
{
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    struct plan plan;
    static char id_room[LIMIT_VALUE];
    static struct pair few[PAIRS_FEW], many[PAIRS_MOST];
    static struct pairs pairs = {.few = few, .many = many};
    struct content content = {.room = id_room};
    must(pairs_read(&pairs, request->query, content.form, &refusal) == 0);
    must(plan_make(&pairs, request, &content, 0, &plan, &refusal) == 0);
    must(plan_end(&plan) == (uint64_t)INT64_MAX + 1);
    return plan.first;
}

/* The event's id must lead back to its number. */
static void check_message(uint64_t number)
{
    char room[LIMIT_EVENT];
    struct text text = text_in(room, sizeof room);
    uint64_t again = 0;
    struct message message = {.number = number, .seconds = number % 10000000000, .eol = "\n"};
    must(message_text(&text, &message) == 0 && !text.truncated);
    struct span rest = text_written(&text);
    struct span line = span_cut(&rest, '\n');
    must(span_starts(line, "id: ") && message_id_parse(span_after(line, 4), &again) && again == number);
    must(is_printable(line) && memmem(rest.at, rest.length, "\n\n", 2) == rest.at + rest.length - 2);
}

static void check_in_head(struct span id, uint64_t first)
{
    static char room[1 << 13];
    struct text head = text_in(room, sizeof room);
    struct request request;
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    text_string(&head, "GET /stream HTTP/1.0\r\nLast-Event-ID: ");
    text_span(&head, id);
    text_string(&head, "\r\n\r\n");
    if (head.truncated || memchr(id.at, '\n', id.length) != NULL || memchr(id.at, '\r', id.length) != NULL)
        return;
    int status = request_parse(text_written(&head), &request, &refusal);
    must(status == 0 || status == 400);
    if (status != 0)
        return;
    must(same_bytes(request.last_event_id, span_trim(id)));
    if (span_trim(id).length == id.length)
        must(planned_first(&request) == first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span id = {(const char *)data, size};
    uint64_t wanted = reference_number(id), number = 77;
    bool found = message_id_parse(id, &number);
    must(found == (wanted > 0) && number == (found ? wanted : 77));
    struct request request = {.last_event_id = id};
    must(planned_first(&request) == (found ? number : 1));
    check_in_head(id, found ? number : 1);
    uint64_t any = 0;
    memcpy(&any, data, size < sizeof any ? size : sizeof any);
    check_message(any % INT64_MAX + 1);
    return 0;
}
