/* Spans, texts and the calendar. */
#include "base/calendar.h"
#include "base/clock.h"
#include "base/similar.h"
#include "check.h"

#include <string.h>
#include <time.h>

static char room[256];

static struct text fresh(void)
{
    return text_in(room, sizeof room);
}

static void test_cutting(void)
{
    struct span rest = span_of("a,,b");
    check_bytes(span_cut(&rest, ','), span_of("a"));
    check_bytes(span_cut(&rest, ','), span_of(""));
    check(rest.at != NULL);
    check_bytes(span_cut(&rest, ','), span_of("b"));
    check(rest.at == NULL && rest.length == 0);
    check_bytes(span_trim(span_of(" \t a b\t ")), span_of("a b"));
    check_bytes(span_after(span_of("abc"), 9), span_of(""));
}

static void test_numbers(void)
{
    uint64_t number = 5;
    check(span_number(span_of("0"), 0, &number) && number == 0);
    check(span_number(span_of("18446744073709551615"), UINT64_MAX, &number) && number == UINT64_MAX);
    check(!span_number(span_of("18446744073709551616"), UINT64_MAX, &number));
    check(span_number(span_of("000255"), 255, &number) && number == 255);
    check(!span_number(span_of("256"), 255, &number) && !span_number(span_of(""), 255, &number));
    check(!span_number(span_of("5"), 4, &number) && !span_number(span_of("+5"), 9, &number));
    check(!span_number(span_of("5 "), 9, &number) && number == 255);
}

/* The closest of three known names, or "none". */
static struct span meant(const char *name)
{
    struct similar similar = similar_to(exact(name, strlen(name)));
    similar_try(&similar, span_of("count"));
    similar_try(&similar, span_of("counts"));
    similar_try(&similar, span_of("raw"));
    return similar.found.at != NULL ? similar.found : span_of("none");
}

void test_similar(void)
{
    static const char *const near_count[] = {"count", "COUNT", "cont", "coount", "cuont", "ocunt", "xcountx", "cotun"};
    static const char *const near_raw[] = {"rwa", "rw", "raww", "wraw", "ray", "RAW"};
    static const char *const none[] = {"",    "r",        "ra1v",  "rrraw",
                                       "war", "xxcountx", "tnuoc", "countcountcountcountcountcountcount"};
    for (size_t i = 0; i < sizeof near_count / sizeof *near_count; i++)
        check_bytes(meant(near_count[i]), span_of("count"));
    for (size_t i = 0; i < sizeof near_raw / sizeof *near_raw; i++)
        check_bytes(meant(near_raw[i]), span_of("raw"));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check_bytes(meant(none[i]), span_of("none"));
    check_bytes(meant("countss"), span_of("counts"));
}

static void check_number_length(uint64_t number)
{
    struct text text = fresh();
    text_number(&text, number);
    check(text_number_length(number) == text.length);
}

void test_text(void)
{
    for (uint64_t power = 1; power < UINT64_MAX / 10; power *= 10) {
        check_number_length(power - 1);
        check_number_length(power);
    }
    check_number_length(UINT64_MAX);
    struct text text = fresh();
    test_cutting();
    test_numbers();
    text_number(&text, UINT64_MAX);
    text_string(&text, " ");
    text_hex(&text, 0x60);
    text_string(&text, " ");
    text_padded(&text, 7, 3);
    check_bytes(text_written(&text), span_of("18446744073709551615 60 007"));
    text = fresh();
    text_printable(&text, (struct span){"a\r\n\0\x7f\xff~b", 8}, 7);
    check_bytes(text_written(&text), span_of("a?????~..."));
    text = text_in(room, 4);
    text_string(&text, "abc");
    text_string(&text, "de");
    text_string(&text, "f");
    check(text.truncated && text.length == 3);
    check(span_like(span_of("LAST-event-ID"), "Last-Event-ID") && !span_like(span_of("Hos"), "Host"));
    check(!span_like(span_of("Host["), "Host{") && span_starts_like(span_of("Bearer x"), "bearer "));
}

static void check_http_date(int64_t seconds)
{
    struct text text = fresh();
    char wanted[64];
    time_t time = (time_t)seconds;
    struct tm tm;
    (void)gmtime_r(&time, &tm);
    (void)strftime(wanted, sizeof wanted, "%a, %d %b %Y %H:%M:%S GMT", &tm);
    calendar_http_date(&text, seconds * NS_PER_S + 999999999);
    check_bytes(text_written(&text), span_of(wanted));
}

static void check_duration(int64_t ns, const char *wanted)
{
    struct text text = fresh();
    calendar_duration(&text, ns);
    check_bytes(text_written(&text), span_of(wanted));
}

static void check_rfc3339(int64_t ns, const char *wanted)
{
    struct text text = fresh();
    calendar_rfc3339(&text, ns);
    check_bytes(text_written(&text), span_of(wanted));
    check(calendar_rfc3339_length(ns) == text.length);
}

void test_calendar(void)
{
    for (int64_t day = 0; day < 84000; day++) /* to the year 2199, with two centuries' ends */
        check_http_date(day * 86400 + day % 86400);
    check_rfc3339(INT64_C(1708035324241547551), "2024-02-15T22:15:24.241547551Z");
    check_rfc3339(INT64_C(1708035324241500000), "2024-02-15T22:15:24.2415Z");
    check_rfc3339(INT64_C(1708035324000000001), "2024-02-15T22:15:24.000000001Z");
    check_rfc3339(INT64_C(1709164800000000000), "2024-02-29T00:00:00Z");
    check_rfc3339(-1, "1970-01-01T00:00:00Z");
    check_rfc3339(INT64_MIN, "1970-01-01T00:00:00Z");
    check_rfc3339(INT64_MAX, "2262-04-11T23:47:16.854775807Z");
    check_duration(2000897942, "2.000897942s");
    check_duration(0, "0s");
    check_duration(85, "85ns");
    check_duration(120200, "120.2\u00b5s");
    check_duration(12500000, "12.5ms");
    check_duration(60 * NS_PER_S, "1m0s");
    check_duration(3600 * NS_PER_S + 500 * NS_PER_MS, "1h0m0.5s");
    check_duration(-5, "0s");
}
