/* Attempts: keys, strings that are cut, and the JSON of /log. */
#include "base/clock.h"
#include "check.h"
#include "scoreboard/record.h"

#include <string.h>

static void test_keys(void)
{
    static const char longest[] = "0123456789012345678901234567890123456789012345678901234567890123";
    check(attempt_is_key(span_of("a")) && attempt_is_key(span_of("Az09._-")) && attempt_is_key(span_of(longest)));
    check(!attempt_is_key(span_of("")) && !attempt_is_key((struct span){"01234567890123456789012345678901234567890123"
                                                                        "4567890123456789012345",
                                                                        65}));
    for (int byte = 0; byte < 256; byte++) {
        char letter = (char)byte;
        bool fits = byte != 0 && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-", byte);
        check(attempt_is_key((struct span){&letter, 1}) == fits);
    }
}

static struct span field(const struct attempt *attempt, enum attempt_field which)
{
    struct span value;
    return attempt_field(attempt, which, &value) ? value : span_of("(did not come)");
}

static void test_attempt_fields(void)
{
    struct attempt attempt;
    char many[600];
    memset(many, 'x', sizeof many);
    attempt_start(&attempt, span_of("a"), (struct span){many, 300}, (struct span){many, sizeof attempt.target - 1});
    check(strlen(attempt.target) == sizeof attempt.target - 1 && strlen(attempt.method) == LIMIT_METHOD - 1 &&
          strstr(attempt.method, "x\xe2\x80\xa6"));
    for (int i = 0; i < ATTEMPT_FIELDS; i++)
        check_bytes(field(&attempt, (enum attempt_field)i), span_of("(did not come)"));
    attempt_take_field(&attempt, ATTEMPT_FIELD_ACCEPT, (struct span){many, sizeof many});
    check(field(&attempt, ATTEMPT_FIELD_ACCEPT).length == sizeof attempt.accept - 1);
    attempt_take_field(&attempt, ATTEMPT_FIELD_ACCEPT, span_of("*/*"));
    check_bytes(field(&attempt, ATTEMPT_FIELD_ACCEPT), span_of("*/*"));
    attempt_take_field(&attempt, ATTEMPT_FIELD_ORIGIN, span_of(""));
    check_bytes(field(&attempt, ATTEMPT_FIELD_ORIGIN), span_of(""));
    attempt_take_field(&attempt, ATTEMPT_FIELD_AUTHORIZATION, span_of("Bearer secret word"));
    check_bytes(field(&attempt, ATTEMPT_FIELD_AUTHORIZATION), span_of("Bearer"));
    attempt_take_field(&attempt, ATTEMPT_FIELD_AUTHORIZATION, span_of("secret"));
    check_bytes(field(&attempt, ATTEMPT_FIELD_AUTHORIZATION), span_of(""));
    memset(many, 0x82, sizeof many); /* the cut is inside a character of three bytes */
    memcpy(many + sizeof attempt.origin - 6, "\xe2\x82\xac", 3);
    attempt_take_field(&attempt, ATTEMPT_FIELD_ORIGIN, (struct span){many, sizeof many});
    struct span cut = field(&attempt, ATTEMPT_FIELD_ORIGIN);
    check(cut.length == sizeof attempt.origin - 3 && memcmp(cut.at + cut.length - 3, "\xe2\x80\xa6", 3) == 0);
}

static struct details details;

static void test_attempt_json(void)
{
    static char room[RECORD_ROOM];
    struct text text = text_in(room, sizeof room);
    struct attempt attempt;
    attempt_start(&attempt, span_of("a"), span_of("GET"), span_of("/stream?key=a"));
    attempt.number = 1;
    attempt.arrived = INT64_C(1708035324241547551);
    record_json(&text, &attempt, &details);
    check_bytes(text_written(&text),
                span_of("{\"key\":\"a\",\"attempt\":1,\"arrivedAt\":\"2024-02-15T22:15:24.241547551Z\","
                        "\"sinceLastMs\":null,\"method\":\"GET\",\"target\":\"/stream?key=a\","
                        "\"headers\":{},\"fields\":{},\"body\":{\"size\":0,\"crc32\":\"00000000\",\"beginning\":\"\"},"
                        "\"status\":null,"
                        "\"bytes\":0,\"events\":0,\"durationMs\":null,\"closedAfterMs\":null,\"end\":\"running\"}"));
    for (int i = 0; i < ATTEMPT_FIELDS; i++)
        attempt_take_field(&attempt, (enum attempt_field)i, span_of("\"\n\xff x"));
    attempt.since_before = 1999999;
    attempt.body_size = 4;
    attempt.body_crc32 = 0x0a0b0c0d;
    attempt.outcome = (struct outcome){1000, 3, 2 * NS_PER_S, NS_PER_S, 204, ATTEMPT_END_WRITE_TIMED_OUT};
    text = text_in(room, sizeof room);
    record_json(&text, &attempt, &details);
    static const char value[] = "\"\\\"\\n\xef\xbf\xbd";
    static const char *const names[] = {
        "{\"accept\":",      ",\"cacheControl\":", " x\",\"lastEventId\":",        ",\"origin\":",
        ",\"contentType\":", ",\"userAgent\":",    ",\"authorization\":\"\\\"\\n", ",\"accessControlRequestHeaders\":"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check(memmem(room, text.length, names[i], strlen(names[i])) != NULL);
    check(memmem(room, text.length, value, sizeof value - 1) != NULL);
    static const char rest[] = ",\"fields\":{},\"body\":{\"size\":4,\"crc32\":\"0a0b0c0d\",\"beginning\":\"\"},"
                               "\"status\":204,\"bytes\":1000,\"events\":3,"
                               "\"durationMs\":2000,\"closedAfterMs\":1000,\"end\":\"write timed out\"}";
    check_bytes(span_after(text_written(&text), text.length - (sizeof rest - 1)), span_of(rest));
    check(memmem(room, text.length, "\"sinceLastMs\":1,", 16) != NULL);
}

static void test_longest_json(void)
{
    static char room[RECORD_ROOM], many[LIMIT_BODY_KEPT + 1000];
    struct text text = text_in(room, sizeof room);
    struct attempt attempt;
    memset(many, 1, sizeof many); /* \u0001: six bytes of JSON each */
    struct span worst = {many, sizeof many};
    char name[LIMIT_LOG_NAMES / LIMIT_LOG_FIELDS];
    memset(name, 'n', sizeof name);
    attempt_start(&attempt, worst, worst, worst);
    for (int i = 0; i < ATTEMPT_FIELD_AUTHORIZATION; i++)
        attempt_take_field(&attempt, (enum attempt_field)i, worst);
    memset(many + 300, ' ', 1);
    attempt_take_field(&attempt, ATTEMPT_FIELD_AUTHORIZATION, worst);
    for (int i = 0; i < LIMIT_LOG_FIELDS; i++)
        details_take_field(&details, &attempt, (struct span){name, sizeof name - (i > 0)}, worst);
    details_take_body(&details, &attempt, worst, true);
    details_take_target(&details, &attempt, worst);
    check(attempt.body_kept == LIMIT_BODY_KEPT &&
          attempt.target_size == LIMIT_DETAILS - attempt.fields_size - attempt.body_kept);
    attempt.number = attempt.body_size = attempt.outcome.bytes = attempt.outcome.events = UINT64_MAX;
    attempt.arrived = attempt.since_before = attempt.outcome.duration = INT64_MAX;
    attempt.outcome.end = ATTEMPT_END_WRITE_TIMED_OUT;
    attempt.outcome.status = 599;
    record_json(&text, &attempt, &details);
    check(!text.truncated && text.length > 55000);
}

static void check_body(const char *bytes, size_t length, bool goes_on, size_t kept)
{
    struct attempt attempt;
    attempt_start(&attempt, span_of("a"), span_of("POST"), span_of("/"));
    details_take_body(&details, &attempt, (struct span){bytes, length}, goes_on);
    check(details_body(&details, &attempt).length == kept);
}

/* A character that the limit cuts in two is left out; one that the client cut is kept. */
static void test_body_beginning(void)
{
    check_body("", 0, false, 0);
    check_body("a\xc3\xa4", 3, true, 3);
    check_body("a\xc3", 2, true, 1);
    check_body("a\xc3", 2, false, 2);
    check_body("\xe2\x82\xac", 3, true, 3);
    check_body("\xe2\x82", 2, true, 0);
    check_body("a\xf0\x9f\x98", 4, true, 1);
    check_body("\xf0\x9f\x98\x80", 4, true, 4);
    check_body("\x82\x82\x82\x82", 4, true, 4);
}

static void test_named_fields(void)
{
    struct attempt attempt;
    struct span name, value;
    char many[LIMIT_LOG_FIELD + 1];
    size_t at = 0;
    memset(many, 'x', sizeof many);
    attempt_start(&attempt, span_of("a"), span_of("GET"), span_of("/"));
    check(!details_next_field(&details, &attempt, &at, &name, &value));
    details_take_field(&details, &attempt, span_of("X-A"), span_of(""));
    details_take_field(&details, &attempt, span_of("X-B"), (struct span){many, LIMIT_LOG_FIELD});
    details_take_field(&details, &attempt, span_of("X-C"), (struct span){many, sizeof many});
    details_take_body(&details, &attempt, span_of("body"), false);
    check(details_next_field(&details, &attempt, &at, &name, &value) && span_is(name, "X-A") && value.length == 0);
    check(details_next_field(&details, &attempt, &at, &name, &value) && span_is(name, "X-B"));
    check(value.length == LIMIT_LOG_FIELD && memcmp(value.at, many, value.length) == 0);
    check(details_next_field(&details, &attempt, &at, &name, &value) && span_is(name, "X-C"));
    check(value.length == LIMIT_LOG_FIELD && memcmp(value.at + value.length - 3, "\xe2\x80\xa6", 3) == 0);
    check(!details_next_field(&details, &attempt, &at, &name, &value));
    check_bytes(details_body(&details, &attempt), span_of("body"));
    memset(&details, 'x', sizeof details); /* damage: no string ends */
    at = 0;
    check(!details_next_field(&details, &attempt, &at, &name, &value));
}

void test_attempt(void)
{
    test_keys();
    test_attempt_fields();
    test_attempt_json();
    test_longest_json();
    test_body_beginning();
    test_named_fields();
}
