/* Lists of sizes and waits, the deadlines that come of them, and the events of a body. */
#include "base/clock.h"
#include "check.h"
#include "plan/event_block.h"
#include "plan/list.h"
#include "stream/pace.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAITS = 400, ROOM = 16384 };

/* Different waits, none of them a whole number of ms: 1.000007ms, 2.000014ms, and so on. */
static int64_t wait_at(int64_t k)
{
    return k * (NS_PER_MS + 7);
}

static struct span list_of_waits(const char *comma)
{
    static char room[ROOM];
    struct text text = text_in(room, sizeof room);
    for (int64_t k = 1; k <= WAITS; k++) {
        text_string(&text, k > 1 ? comma : "");
        text_number(&text, (uint64_t)(wait_at(k) / NS_PER_MS));
        text_string(&text, ".");
        text_padded(&text, (uint64_t)(wait_at(k) % NS_PER_MS), 6);
        text_string(&text, "ms");
    }
    check(!text.truncated);
    return text_written(&text);
}

static void test_lists(void)
{
    static const char *const good[] = {"1", "1,2", "1%2c2", "%31%2C2,3", "65536,01"};
    static const char *const bad[] = {"", ",", "1,", ",1", "1,,2", "1%2C", "0", "65537", "1, 2", "1+", "1%00", "1%2"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        check(list_is_sizes(exact(good[i], strlen(good[i])), 1, 65536));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check(!list_is_sizes(exact(bad[i], strlen(bad[i])), 1, 65536));
    check(!list_is_sizes((struct span){NULL, 0}, 1, 9) && !list_is_durations((struct span){NULL, 0}, 9));
    check(list_is_durations(span_of("0,1s%2C.5ms,%31m"), 60 * NS_PER_S) &&
          !list_is_durations(span_of("1s,61s"), 60 * NS_PER_S));
    struct span list = span_of("1%2C02,%33"), rest = {NULL, 0};
    for (uint64_t round = 0; round < 3; round++)
        for (uint64_t size = 1; size <= 3; size++)
            check(list_next_size(&rest, list) == size);
}

static void test_longest_lists(void)
{
    static char many[2 * LIMIT_LIST + 2];
    for (size_t i = 0; i < sizeof many; i++)
        many[i] = i % 2 == 0 ? '7' : ',';
    check(list_is_sizes(exact(many, 2 * LIMIT_LIST - 1), 1, 9) &&
          list_is_durations(exact(many, 2 * LIMIT_LIST - 1), NS_PER_S * 9));
    check(!list_is_sizes(exact(many, 2 * LIMIT_LIST + 1), 1, 9));
    check(!list_is_durations(exact(many, 2 * LIMIT_LIST + 1), NS_PER_S * 9));
}

static void test_sums(void)
{
    struct waits waits = {.rest = span_of("1s,2s,3s")};
    check(waits_longest(waits) == 3 * NS_PER_S);
    check(waits_sum(&waits, 2) == 3 * (uint64_t)NS_PER_S && waits_sum(&waits, 0) == 0);
    check(waits_sum(&waits, 4) == 12 * (uint64_t)NS_PER_S && waits_next(&waits) == 3 * NS_PER_S);
    check(waits_sum(&waits, UINT64_MAX) == UINT64_MAX &&
          waits_sum(&waits, INT64_MAX / (3 * NS_PER_S) + 1) == UINT64_MAX);
    waits = (struct waits){.rest = span_of("9s,0")};
    check(waits_longest(waits) == 9 * NS_PER_S && waits_sum(&waits, UINT64_MAX) == 9 * (uint64_t)NS_PER_S);
    check(waits_longest(waits) == 0);
    waits = (struct waits){.ns = 5};
    check(waits_longest(waits) == 5 && waits_next(&waits) == 5 && waits_sum(&waits, 3) == 15);
}

void test_list(void)
{
    test_lists();
    test_longest_lists();
    test_sums();
}

/* The k-th deadline is the start and the first k waits. */
static void test_deadlines(const char *comma)
{
    struct pace pace = {.jitter = 0};
    struct waits waits = {.rest = list_of_waits(comma)};
    int64_t start = 12345, due = start;
    for (int64_t k = 1; k <= WAITS + 5; k++) {
        int64_t later = k > WAITS ? (k - WAITS) * wait_at(WAITS) : 0, listed = k < WAITS ? k : WAITS;
        due = pace_after(&pace, &waits, due);
        check(due == start + (NS_PER_MS + 7) * listed * (listed + 1) / 2 + later);
    }
}

static void test_jitter(void)
{
    struct pace pace = {.jitter = 500, .prng = prng_open(7)}, again = pace;
    struct waits waits = {.rest = list_of_waits(",")}, same = waits;
    for (int64_t k = 1; k <= WAITS; k++) {
        int64_t due = pace_after(&pace, &waits, 0);
        check(due >= wait_at(k) / 2 && due <= wait_at(k) * 3 / 2 + 1 && due == pace_after(&again, &same, 0));
    }
}

/* All these deadlines were over long ago, so every write is late. The next deadline does not move for that. */
static void test_late_gaps(void)
{
    static struct writer writer;
    int ends[2];
    check(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    writer_open(&writer, ends[0], true, 1000);
    struct pace pace = {.writer = &writer, .due = 1};
    struct waits gaps = {.rest = list_of_waits(",")};
    for (int64_t k = 1; k <= WAITS; k++)
        check(pace_gap(&pace, &gaps) && pace.due == 1 + (NS_PER_MS + 7) * k * (k + 1) / 2);
    check(pace.due < clock_monotonic());
    check(pace_until(&pace, 5) && pace.due > 5); /* the deadline of a piece that comes later than the gaps */
    (void)close(ends[0]);
    (void)close(ends[1]);
}

void test_pace(void)
{
    test_deadlines(",");
    test_deadlines("%2C");
    test_jitter();
    test_late_gaps();
}

/* `wanted` has "|" between the pieces. */
static void check_blocks(const char *wanted)
{
    char *body = strdup(wanted);
    size_t length = 0;
    if (body == NULL)
        abort();
    for (const char *byte = wanted; *byte != '\0'; byte++)
        if (*byte != '|')
            body[length++] = *byte;
    struct span rest = {body, length}, pieces = span_of(wanted);
    do
        check_bytes(event_block_next(&rest), span_cut(&pieces, '|'));
    while (rest.length > 0);
    check(pieces.at == NULL);
    free(body);
}

void test_event_block(void)
{
    static const char *const bodies[] = {"",
                                         "\n",
                                         "a",
                                         "a\n",
                                         "a\n\n",
                                         "a\n\n|b\n\n|c",
                                         "a\nb\n\n|c\n",
                                         "a\r\r|b\r\n\r\n|c\n\r|d\r\n\n|e",
                                         "a\n\r\n|b\r\r\n|c\n\n\n\r\n\r\r|d",
                                         "\n\r\r\n:a\n\n|\xef\xbb\xbf\n\n|b"};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        check_blocks(bodies[i]);
}
