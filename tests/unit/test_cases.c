/* The named cases: each is well formed, and /stream accepts its parameters. */
#include "base/limits.h"
#include "cases/cases.h"
#include "check.h"
#include "http/form.h"
#include "http/percent.h"
#include "plan/make.h"

#include <stdio.h>
#include <string.h>

static bool is_name(struct span name)
{
    for (size_t i = 0; i < name.length; i++)
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", name.at[i]) == NULL)
            return false;
    return name.length > 0 && name.length < LIMIT_KEY;
}

/* Printable ASCII in one line. With '!' as `space`, it fits into a request target without further encoding. */
static bool is_line(struct span line, char space)
{
    for (size_t i = 0; i < line.length; i++)
        if (line.at[i] < space || line.at[i] > '~')
            return false;
    return line.length > 0;
}

static int plan_of(const char *query, const char *of_case, uint64_t attempt, struct plan *plan)
{
    static char room[1 << 16], id_room[LIMIT_VALUE];
    static struct pairs rooms[4]; /* the plans of one check stay valid */
    static struct pair few[4][PAIRS_FEW], many[4][PAIRS_MOST];
    static unsigned turn;
    struct pairs *pairs = &rooms[turn++ % 4];
    pairs->few = few[turn % 4];
    pairs->many = many[turn % 4];
    struct text text = text_in(room, sizeof room);
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    text_string(&text, query);
    text_string(&text, of_case);
    struct request request = {.minor = 1, .query = text_written(&text)};
    struct content content = {.form = span_of(""), .room = id_room};
    check(!text.truncated);
    int status = pairs_read(pairs, request.query, content.form, &refusal);
    return status != 0 ? status : plan_make(pairs, &request, &content, attempt, plan, &refusal);
}

static const char *string_of(struct span span)
{
    static char room[1 << 15];
    (void)snprintf(room, sizeof room, "%.*s", (int)span.length, span.at);
    return room;
}

/* The parameters are the same for every attempt, and none of them tells attempts apart. */
static void check_pairs(struct span query)
{
    static const enum parameter_name others[] = {P_LAST_EVENT_ID, P_CASE, P_BY, P_KEY, P_ATTEMPT, P_LOCATION};
    static struct pair few[PAIRS_FEW], many[PAIRS_MOST];
    static struct pairs pairs = {.few = few, .many = many};
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    check(pairs_read(&pairs, query, (struct span){NULL, 0}, &refusal) == 0);
    check(pairs.count <= LIMIT_CASE_PARAMETERS);
    for (unsigned i = 0; i < pairs.count; i++) {
        check(pairs.at[i].rank == RANK_ALL);
        for (size_t other = 0; other < sizeof others / sizeof *others; other++)
            check(pairs.at[i].name != others[other]);
    }
}

/* The number of cases with this name. */
static unsigned count_of(struct span name)
{
    struct cases rest = {0};
    struct named_case next;
    unsigned count = 0;
    while (cases_next(&rest, &next))
        count += next.name.length == name.length && memcmp(next.name.at, name.at, name.length) == 0;
    return count;
}

static void check_case(const struct named_case *one)
{
    struct plan plain, named;
    struct named_case found = {.name = {NULL, 0}};
    check(is_name(one->name) && is_name(one->group) && is_line(one->means, ' ') && is_line(one->query, '!'));
    check(memchr(one->query.at, '#', one->query.length) == NULL && percent_is_valid(one->query));
    check(count_of(one->name) == 1 && cases_find(one->name, &found) && found.query.at == one->query.at);
    check(one->link.length == 0 || (is_line(one->link, '!') && span_starts(one->link, "https://")));
    check(one->means.length <= 120 && one->means.at[one->means.length - 1] == '.');
    check_pairs(one->query);
    check(plan_of("", string_of(one->query), 0, &plain) == 0);
    check(plan_of("case=", string_of(one->name), 0, &named) == 0);
    check(named.given == (plain.given | UINT64_C(1) << P_CASE));
    check(plan_of("2-.status=204&by=key&key=k&case=", string_of(one->name), 2, &named) == 0);
    check(plan_number(&named, P_STATUS) == 204 && plan_number(&plain, P_LOOP) != PARAMETERS_WORD);
    /* Only streams of an API may end badly. Each has an end of its own. */
    check(plan_number(&plain, P_END) == 0 || one->link.length > 0);
    check(plan_has(&plain, P_COUNT) || plan_has(&plain, P_ERROR_AFTER) || !plan_has_messages(&plain));
}

/* The decoded values of a parameter, each followed by a comma. */
static struct span values_of(const struct plan *plan, enum parameter_name name)
{
    static char room[256];
    struct text text = text_in(room, sizeof room);
    unsigned index = 0;
    struct span value;
    while (plan_next(plan, &index, name, &value)) {
        form_decode(&text, value);
        text_string(&text, ",");
    }
    return text_written(&text);
}

static void test_overrides(void)
{
    struct plan plan;
    check(plan_of("case=bom-parted", "", 0, &plan) == 0);
    check_bytes(values_of(&plan, P_RAW), span_of("\xef,\xbb,\xbf"
                                                 "data:x\n\n,"));
    check(waits_longest(plan_waits(&plan, P_INTERVAL)) == 20000000);
    check(plan_of("interval=0&case=bom-parted", "&split=1", 0, &plan) == 0);
    check(waits_longest(plan_waits(&plan, P_INTERVAL)) == 0 && plan_has(&plan, P_SPLIT));
    check_bytes(values_of(&plan, P_RAW), span_of("\xef,\xbb,\xbf"
                                                 "data:x\n\n,"));
    check(plan_of("raw=a&case=bom-parted", "&raw=b&2.raw=c&3.interval=1s", 0, &plan) == 0);
    check_bytes(values_of(&plan, P_RAW), span_of("a,b,"));
    check(plan_of("raw=a&case=bom-parted", "&raw=b&2.raw=c&3.interval=1s", 2, &plan) == 0);
    check_bytes(values_of(&plan, P_RAW), span_of("c,"));
    check(waits_longest(plan_waits(&plan, P_INTERVAL)) == 20000000);
    check(plan_of("raw=a&case=bom-parted", "&raw=b&2.raw=c&3.interval=1s", 3, &plan) == 0);
    check(waits_longest(plan_waits(&plan, P_INTERVAL)) == 1000000000);
    check(plan_of("case=bom%2Dparted", "&raw=", 0, &plan) == 0);
    check_bytes(values_of(&plan, P_RAW), span_of(","));
    static const char *const refused[] = {
        "case=",       "case",        "case=bo",           "case=bomx",  "case=BOM",
        "case=bom%00", "case=bom%09", "case=bom&case=bom", "1.case=bom", "case=bom&count=1",
        "fill=1"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        check(plan_of(refused[i], "", 0, &plan) == 400);
}

void test_cases(void)
{
    static char room[LIMIT_PIECE];
    struct text json = text_in(room, sizeof room), table = text_in(room, sizeof room);
    struct cases rest = {0};
    struct named_case next;
    unsigned count = 0;
    for (; cases_next(&rest, &next); count++)
        check_case(&next);
    check(count >= 200 && !cases_next(&rest, &next));
    cases_json(&json);
    cases_table(&table);
    check(!json.truncated && !table.truncated);
    test_overrides();
}
