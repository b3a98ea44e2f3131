/* Values of parameters, CRC-32 and the generator of random numbers. */
#include "base/clock.h"
#include "base/crc32.h"
#include "base/number.h"
#include "base/prng.h"
#include "check.h"
#include "plan/set_cookie.h"

#include <string.h>

/* Calculated bit by bit from the polynomial. */
static uint32_t crc_by_bits(struct span bytes)
{
    uint32_t rest = UINT32_MAX;
    for (size_t i = 0; i < bytes.length; i++) {
        rest ^= (unsigned char)bytes.at[i];
        for (int bit = 0; bit < 8; bit++)
            rest = (rest & 1) != 0 ? rest >> 1 ^ 0xedb88320 : rest >> 1;
    }
    return ~rest;
}

void test_crc32(void)
{
    char all[256];
    struct span whole = {all, sizeof all};
    for (size_t i = 0; i < sizeof all; i++)
        all[i] = (char)(unsigned char)i;
    check(crc32_add(0, (struct span){NULL, 0}) == 0);
    check(crc32_add(0, span_of("123456789")) == 0xcbf43926);
    check(crc32_add(0, span_of("a")) == 0xe8b7be43);
    check(crc32_add(0, span_of("The quick brown fox jumps over the lazy dog")) == 0x414fa339);
    check(crc32_add(0, whole) == 0x29058c73);
    for (size_t length = 0; length <= sizeof all; length++) {
        struct span front = exact(all, length);
        check(crc32_add(0, front) == crc_by_bits(front));
        check(crc32_add(crc32_add(0, front), span_after(whole, length)) == 0x29058c73);
    }
}

static void test_vary(void)
{
    struct prng prng = prng_open(7);
    int64_t least = INT64_MAX, most = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t ns = prng_vary(&prng, 1000, 250);
        least = ns < least ? ns : least;
        most = ns > most ? ns : most;
    }
    check(least == 750 && most == 1250);
    for (uint32_t permille = 0; permille < 1100; permille++) {
        check(prng_vary(&prng, INT64_MAX, permille) >= 0 && prng_vary(&prng, -5, permille) == 0);
        check(prng_vary(&prng, 0, permille) == 0 && prng_vary(&prng, 1, permille) <= 2);
    }
    check(prng_vary(&prng, NS_PER_S, 0) == NS_PER_S && prng_vary(&prng, INT64_MAX, 0) == INT64_MAX);
    check(prng_vary(&prng, 100, UINT32_MAX) <= 200 && prng_vary(&prng, INT64_MIN, 1000) == 0);
}

void test_prng(void)
{
    static const uint64_t of_0[] = {0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec};
    static const uint64_t of_1234567[] = {6457827717110365317U, 3203168211198807973U, 9817491932198370423U,
                                          4593380528125082431U};
    struct prng one = prng_open(0), other = prng_open(1234567);
    for (size_t i = 0; i < sizeof of_0 / sizeof *of_0; i++)
        check(prng_next(&one) == of_0[i] && prng_next(&other) == of_1234567[i]);
    unsigned seen[7] = {0};
    for (int i = 0; i < 7000; i++)
        seen[prng_below(&one, 7) % 7]++;
    for (size_t i = 0; i < 7; i++)
        check(seen[i] > 850 && seen[i] < 1150);
    for (uint64_t bound = UINT64_MAX; bound > 0; bound /= 3)
        check(prng_below(&one, bound) < bound);
    check(prng_below(&one, 0) == 0 && prng_below(&one, 1) == 0);
    test_vary();
    /* Each call takes exactly one number from the generator. */
    one = other = prng_open(UINT64_MAX);
    (void)prng_next(&one), (void)prng_next(&one), (void)prng_next(&one), (void)prng_next(&one);
    (void)prng_below(&other, 0), (void)prng_below(&other, 9);
    (void)prng_vary(&other, 0, 0), (void)prng_vary(&other, NS_PER_S, 100);
    check(prng_next(&one) == prng_next(&other));
}

/* The duration in ns, or -1 if the string is not one. */
static int64_t duration(const char *string, int64_t most_ns)
{
    int64_t ns = -1;
    bool good = number_duration(exact(string, strlen(string)), most_ns, &ns);
    check(good == (ns >= 0) && ns <= most_ns);
    return ns;
}

static void test_durations(void)
{
    static const char *const wrong[] = {
        "",    "-1",   "1e3",  "1h",     "1 s",   " 1",  "1 ",   "+1",  "1..2", ".",   ".s",  "ms",   "s",   "m",
        "1sm", "1mss", "1.2.", "1.2.3s", "0x1",   "1,5", "1.-5", "1S",  "1Ms",  "1us", "1ns", "inf",  "nan", "1.5e1",
        "1d",  "m1",   "1s1",  "\xb2",   "1\xff", "--1", "1:0",  "1_0", "s1",   "..",  ".ms", "1.m s"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(duration(wrong[i], INT64_MAX) == -1);
    check(duration("0", 0) == 0 && duration("0.0000000009", 0) == 0 && duration("0.000000001", 0) == -1);
    check(duration("0.05", INT64_MAX) == 50 * NS_PER_MS && duration(".5", INT64_MAX) == 500 * NS_PER_MS);
    check(duration("1.5ms", INT64_MAX) == 1500000 && duration("1.ms", INT64_MAX) == NS_PER_MS);
    check(duration("2m", INT64_MAX) == 120 * NS_PER_S && duration("3s", INT64_MAX) == 3 * NS_PER_S);
    check(duration("1.123456789", INT64_MAX) == 1123456789 && duration("1.1234567899", INT64_MAX) == 1123456789);
    check(duration("1.123456789ms", INT64_MAX) == 1123456 && duration("0.000000999ms", INT64_MAX) == 0);
    check(duration("0.999999999m", INT64_MAX) == 59999999940 && duration("0.1m", INT64_MAX) == 6 * NS_PER_S);
    check(duration("00000000000000000000000000000001.000000000000000000000000000000s", NS_PER_S) == NS_PER_S);
    check(duration("1.0000000019", NS_PER_S) == -1 && duration("1.0000000009", NS_PER_S) == NS_PER_S);
    check(duration("60", 60 * NS_PER_S) == 60 * NS_PER_S && duration("1m", 60 * NS_PER_S - 1) == -1);
    check(duration("61", 60 * NS_PER_S) == -1 && duration("1.01m", 60 * NS_PER_S) == -1);
}

static void test_longest_durations(void)
{
    check(duration("9223372036.854775807", INT64_MAX) == INT64_MAX);
    check(duration("9223372036.854775808", INT64_MAX) == -1 && duration("9223372037", INT64_MAX) == -1);
    check(duration("9223372036854.775807ms", INT64_MAX) == INT64_MAX);
    check(duration("9223372036854.775808ms", INT64_MAX) == -1 && duration("9223372036855ms", INT64_MAX) == -1);
    check(duration("153722867.280912930m", INT64_MAX) == 9223372036854775800);
    check(duration("153722867.280912931m", INT64_MAX) == -1 && duration("153722868m", INT64_MAX) == -1);
    check(duration("18446744073.709551616", INT64_MAX) == -1 && duration("18446744073709551616", INT64_MAX) == -1);
    check(duration("18446744073709.551617ms", INT64_MAX) == -1 && duration("307445734.561825861m", INT64_MAX) == -1);
    check(duration("99999999999999999999999999999999999999ms", INT64_MAX) == -1);
}

static void test_sizes(void)
{
    static const char *const wrong[] = {"",   "k",  "M",  "1K",  "1m",  "1kB", "1kk", "1.5k", "-1", "1 k",
                                        "k1", "1G", " 1", "+1k", "1e3", "0x1", "1Mk", "1b",   ".",  "1k "};
    uint64_t bytes = 5;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(!number_bytes(exact(wrong[i], strlen(wrong[i])), UINT64_MAX, &bytes) && bytes == 5);
    check(number_bytes(span_of("0"), 0, &bytes) && bytes == 0);
    check(number_bytes(span_of("0M"), 0, &bytes) && bytes == 0 && !number_bytes(span_of("1"), 0, &bytes));
    check(number_bytes(span_of("64M"), 64 << 20, &bytes) && bytes == 64 << 20);
    check(!number_bytes(span_of("64M"), (64 << 20) - 1, &bytes) && !number_bytes(span_of("65M"), 64 << 20, &bytes));
    check(number_bytes(span_of("0003k"), 3072, &bytes) && bytes == 3072 && !number_bytes(span_of("3k"), 3071, &bytes));
    check(number_bytes(span_of("1023"), 1023, &bytes) && bytes == 1023 && !number_bytes(span_of("1k"), 1023, &bytes));
    check(number_bytes(span_of("18446744073709551615"), UINT64_MAX, &bytes) && bytes == UINT64_MAX);
    check(number_bytes(span_of("18014398509481983k"), UINT64_MAX, &bytes) && bytes == UINT64_MAX - 1023);
    check(!number_bytes(span_of("18014398509481984k"), UINT64_MAX, &bytes));
    check(number_bytes(span_of("17592186044415M"), UINT64_MAX, &bytes) && bytes == UINT64_MAX - 1048575);
    check(!number_bytes(span_of("17592186044416M"), UINT64_MAX, &bytes));
}

static void test_shares(void)
{
    static const char *const wrong[] = {"",     ".",   "-0.5",  "1.001", "1.1",  "2",
                                        "0,5",  "50%", "1e-1",  "+1",    "0.5 ", "0..5",
                                        "0.5.", "1.9", "1.00x", "0.5s",  "-",    "18446744073709551616"};
    uint32_t permille = 7;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(!number_permille(exact(wrong[i], strlen(wrong[i])), &permille) && permille == 7);
    for (uint32_t wanted = 0; wanted <= 1000; wanted++) {
        char room[16];
        struct text text = text_in(room, sizeof room);
        text_number(&text, wanted / 1000);
        text_string(&text, ".");
        text_padded(&text, wanted % 1000, 3);
        check(number_permille(text_written(&text), &permille) && permille == wanted);
        text_string(&text, "9");
        check(number_permille(text_written(&text), &permille) && permille == wanted);
    }
    check(number_permille(span_of("0"), &permille) && permille == 0);
    check(number_permille(span_of("1"), &permille) && permille == 1000);
    check(number_permille(span_of("1.0"), &permille) && permille == 1000);
    check(number_permille(span_of(".5"), &permille) && permille == 500);
    check(number_permille(span_of("0.00099999999999999999999"), &permille) && permille == 0);
}

static void check_range(const char *string, uint64_t wanted_first, uint64_t wanted_last)
{
    uint64_t first, last;
    check(number_range(exact(string, strlen(string)), &first, &last) && first == wanted_first && last == wanted_last);
}

static void test_ranges(void)
{
    static const char *const wrong[] = {"",
                                        "0",
                                        "0-3",
                                        "3-1",
                                        "-3",
                                        "-",
                                        "1-3-5",
                                        "1--3",
                                        "1-3-",
                                        "--",
                                        "a",
                                        "1-a",
                                        " 1",
                                        "1 - 3",
                                        "1,3",
                                        "1-0",
                                        "+1",
                                        "1-3 ",
                                        "1-*",
                                        "0-",
                                        "18446744073709551616",
                                        "1-18446744073709551616"};
    uint64_t first = 5, last = 6;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(!number_range(exact(wrong[i], strlen(wrong[i])), &first, &last) && first == 5 && last == 6);
    check_range("3", 3, 3);
    check_range("1-3", 1, 3);
    check_range("3-3", 3, 3);
    check_range("4-", 4, UINT64_MAX);
    check_range("01-002", 1, 2);
    check_range("18446744073709551615", UINT64_MAX, UINT64_MAX);
    check_range("18446744073709551614-18446744073709551615", UINT64_MAX - 1, UINT64_MAX);
}

void test_number(void)
{
    test_durations();
    test_longest_durations();
    test_sizes();
    test_shares();
    test_ranges();
}

static bool is_brief(const char *value)
{
    return set_cookie_is_brief(exact(value, strlen(value)));
}

void test_set_cookie(void)
{
    static const char *const brief[] = {"a=b; Max-Age=3600",
                                        "a=b;max-age=0",
                                        "a=b;MAX-AGE = 0003600 ;",
                                        "a; Max-Age=-1",
                                        "; Max-Age=-99999999999999999",
                                        "Domain=x; Max-Age=1",
                                        "a=b; Max-Age=1; Domains=x; Path=/; Secure; HttpOnly; SameSite=None",
                                        "a=b; Max-Age=1; Max-Age=2",
                                        "a=b; Max-Age=1; Expires=Fri, 01 Jan 2100 00:00:00 GMT",
                                        "a=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                                        "a=b; expires = Tue, 31 Dec 2019 23:59:59 GMT ",
                                        "a=b; Expires=xxx, 28 Feb 2001 00:00:00 GMT"};
    static const char *const lasting[] = {"",
                                          "a=b",
                                          "Max-Age=1",
                                          "a=b; Max-Age",
                                          "a=b; Max-Age=",
                                          "a=b; Max-Age=-",
                                          "a=b; Max-Age=+1",
                                          "a=b; Max-Age=3601",
                                          "a=b; Max-Age=1s",
                                          "a=b; Max-Age=\"1\"",
                                          "a=b; Max-Age=1.5",
                                          "a=b; Max-Age=--1",
                                          "a=b; Max-Age=1; Max-Age=",
                                          "a=b; Max-Age=99999999999999999999999",
                                          "a=b, Max-Age=1",
                                          "a=b; Max-Age=1; Domain",
                                          "a=b; Max-Age=1; Domain=",
                                          "a=b; Max-Age=1;\tdomain =x",
                                          "a=b; Expires=",
                                          "a=b; Expires=0",
                                          "a=b; Expires=Wed, 01 Jan 2020 00:00:00 GMT",
                                          "a=b; Expires=Wed, 31 Dec 1969 23:59:59 GMT",
                                          "a=b; Expires=Sun, 00 Jul 2001 00:00:00 GMT",
                                          "a=b; Expires=Sun, 31 Jun 2001 00:00:00 GMT",
                                          "a=b; Expires=Sun, 01 Jux 2001 00:00:00 GMT",
                                          "a=b; Expires=Sun, 01 Jul 2001 24:00:00 GMT",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:60:00 GMT",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:00:60 GMT",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:00:00 GMTx",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:00:00 UTC",
                                          "a=b; Expires=Sun, 01-Jul-2001 00:00:00 GMT",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:00:00 GMT; Expires=x",
                                          "a=b; Expires=Sun, 01 Jul 2001 00:00:00 GMT; Domain=x"};
    for (size_t i = 0; i < sizeof brief / sizeof *brief; i++)
        check(is_brief(brief[i]));
    for (size_t i = 0; i < sizeof lasting / sizeof *lasting; i++)
        check(!is_brief(lasting[i]));
}
