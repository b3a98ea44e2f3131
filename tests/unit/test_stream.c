/* Random strings, messages and plans. */
#include "base/go_rand.h"
#include "check.h"
#include "plan/make.h"
#include "plan/message_id.h"
#include "stream/message.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void test_go_rand(void)
{
    const char *path = getenv("RANDOM_STRINGS");
    FILE *file = fopen(path != NULL ? path : "tests/data/random-strings.tsv", "r");
    char line[256];
    unsigned strings = 0;
    check(file != NULL);
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        uint64_t number;
        char wanted[GO_RAND_LETTERS + 1], got[GO_RAND_LETTERS];
        if (line[0] == '#')
            continue;
        check(sscanf(line, "%" SCNu64 "\t%16s", &number, wanted) == 2);
        go_rand_letters(number, got);
        check_bytes(((struct span){got, sizeof got}), span_of(wanted));
        strings++;
    }
    check(strings == 1026);
    if (file != NULL)
        (void)fclose(file);
}

static struct span message(uint64_t number, uint64_t seconds)
{
    static char room[LIMIT_EVENT];
    struct text text = text_in(room, sizeof room);
    struct message message = {.number = number, .seconds = seconds, .eol = "\n"};
    check(message_text(&text, &message) == 0);
    check(!text.truncated);
    return text_written(&text);
}

static struct request request_with(const char *query, const char *last_event_id)
{
    struct request request = {.minor = 1, .query = span_of(query), .last_event_id = span_of(last_event_id)};
    return request;
}

static int plan_of(const char *query, const char *last_event_id, const char *form, struct plan *plan)
{
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    struct request request = request_with(query, last_event_id);
    static char id_room[LIMIT_VALUE];
    static struct pair few[PAIRS_FEW], many[PAIRS_MOST];
    static struct pairs pairs = {.few = few, .many = many};
    struct content content = {.form = span_of(form), .room = id_room};
    int status = pairs_read(&pairs, request.query, content.form, &refusal);
    if (status == 0)
        status = plan_make(&pairs, &request, &content, 0, plan, &refusal);
    check(status == 0 || (refusal.reason.length > 0 && memchr(refusal.room, '\n', refusal.reason.length) == NULL));
    return status;
}

static void test_message_ids(void)
{
    uint64_t number = 7;
    check(message_id_parse(span_of("message-1"), &number) && number == 1);
    check(message_id_parse(span_of("message-9223372036854775807"), &number) && number == INT64_MAX);
    static const char *const others[] = {
        "",           "hello",      "message-",   "message-0", "message--1",
        "message-+1", "message-1x", "message- 1", "Message-1", "message-9223372036854775808"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check(!message_id_parse(span_of(others[i]), &number) && number == INT64_MAX);
}

void test_plan(void)
{
    struct plan plan;
    check_bytes(message(1, 1708135969), span_of("id: message-1\ndata: {\ndata:   \"time\": 1708135969,\n"
                                                "data:   \"random\": \"spheIGLpzXpFGMIH\"\ndata: }\n\n"));
    check(message(1, 1708135969).length == 0x60);
    test_message_ids();
    check(plan_of("", "", "", &plan) == 0 && plan.first == 1 && !plan.counted && plan_end(&plan) == UINT64_C(1) << 63);
    check(plan_of("count=3", "message-5", "", &plan) == 0 && plan.first == 5 && plan.counted && plan_end(&plan) == 8);
    check(plan_of("count=0", "", "", &plan) == 0 && plan.counted && plan_end(&plan) == 1);
    check(plan_of("co%75nt=%33", "", "", &plan) == 0 && plan.count == 3);
    check(plan_of("", "", "count=4", &plan) == 0 && plan.count == 4);
    check(plan_of("&&count=2&", "", "", &plan) == 0 && plan.count == 2);
    check(plan_of("count=9223372036854775807", "message-9223372036854775807", "", &plan) == 0 && plan.count == 1);
    static const char *const refused[] = {
        "count",
        "count=",
        "count=1abc",
        "count=abc",
        "count=-1",
        "count=+1",
        "count=1.0",
        "count=%",
        "count=%4",
        "count=%00",
        "Count=1",
        "count=1&count=1",
        "x",
        "=1",
        "count =1",
        "count=0x1",
        "count=9223372036854775808",
        "count=18446744073709551617",
        "count=1&other=2",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        check(plan_of(refused[i], "", "", &plan) == 400);
    check(plan_of("count=1", "", "count=1", &plan) == 400);
}
