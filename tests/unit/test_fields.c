/* Header fields, cookies, Accept and gzip. */
#include "base/crc32.h"
#include "check.h"
#include "http/cookie.h"
#include "http/fields.h"
#include "http/gzip.h"
#include "http/media_type.h"
#include "http/origin.h"
#include "http/request.h"
#include "http/secret.h"
#include "stream/echo.h"

#include <string.h>

static char room[400 * 1000];

/* The fields of a head, each as "[name|value]". */
static struct span listed(const char *head)
{
    struct text text = text_in(room, sizeof room);
    struct span rest = fields_begin(exact(head, strlen(head)));
    struct span name, value;
    while (fields_next(&rest, &name, &value)) {
        text_string(&text, "[");
        text_span(&text, name);
        text_string(&text, "|");
        text_span(&text, value);
        text_string(&text, "]");
    }
    check(rest.at == NULL && !fields_next(&rest, &name, &value) && !fields_next(&rest, &name, &value));
    return text_written(&text);
}

static void test_finding(void)
{
    struct span head = span_of("GET /Target: HTTP/1.0\r\nOrigin: a\r\nEmpty:\r\norigin: b\r\n\r\nBehind: x\r\n");
    check_bytes(fields_find(head, "ORIGIN"), span_of("a"));
    check(fields_find(head, "Empty").at != NULL && fields_find(head, "Empty").length == 0);
    check(fields_find(head, "Behind").at == NULL && fields_find(head, "GET /Target").at == NULL);
    check(fields_find(head, "Origi").at == NULL && fields_find(head, "Origins").at == NULL);
    check(fields_find((struct span){NULL, 0}, "Origin").at == NULL);
}

/* Whether these Accept fields name "a/b". */
static bool wants(const char *accept)
{
    struct text text = text_in(room, sizeof room);
    text_string(&text, "GET / HTTP/1.0\r\n");
    text_string(&text, accept);
    text_string(&text, "\r\n\r\n");
    return media_type_is_accepted(exact(room, text.length), "a/b");
}

static void test_accepting(void)
{
    static const char *const named[] = {
        "Accept: a/b",         "accept:A/B",          "Accept: x/y, a/b ;q=0.001", "Accept: x/y\r\nAccept: ,a/b",
        "Accept: a/b;q=1;z=0", "Accept: */*;q=0,a/b", "Accept: a/b;q=0, a/b",      "Accept: a/b;xq=0",
    };
    static const char *const unnamed[] = {
        "X: a/b",
        "Accept:",
        "Accept: ,;,",
        "Accept: */*, a/*",
        "Accept: a/bc, a /b, xa/b",
        "Accept: a/b;q=0",
        "Accept: a/b ; Q=0.000",
        "Accept: x;a/b;a=a/b",
        "Host: a\r\n\r\nAccept: a/b",
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        check(wants(named[i]));
    for (size_t i = 0; i < sizeof unnamed / sizeof *unnamed; i++)
        check(!wants(unnamed[i]));
}

void test_fields(void)
{
    struct request request;
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    struct span head = span_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    check(request_parse(head, &request, &refusal) == 0);
    check(request.head.at == head.at && request.head.length == head.length);
    check_bytes(listed("GET / HTTP/1.1\r\nHost: a:1\r\nA:\r\nb: \t c \t\r\nC:d\r\n\r\n"),
                span_of("[Host|a:1][A|][b|c][C|d]"));
    check_bytes(listed("GET / HTTP/1.0\nA: b\r\nC:  d e\n\nF: g\n\n"), span_of("[A|b][C|d e]"));
    check_bytes(listed("GET / HTTP/1.0\r\n\r\n"), span_of(""));
    check_bytes(listed("GET / HTTP/1.0"), span_of(""));
    check_bytes(listed(""), span_of(""));
    check_bytes(listed("GET / HTTP/1.0\nA: b"), span_of("[A|b]"));
    check_bytes(listed("GET / HTTP/1.0\nno field\n:b\n\n"), span_of("[|b]"));
    test_finding();
    test_accepting();
}

/* The cookie "n" of a Cookie field with these pairs. */
static struct span cookie(const char *pairs)
{
    struct text text = text_in(room, sizeof room);
    text_string(&text, "GET / HTTP/1.0\r\ncOOKIE: ");
    text_string(&text, pairs);
    text_string(&text, "\r\n\r\n");
    struct span head = text_written(&text);
    return cookie_find(exact(head.at, head.length), "n");
}

void test_cookie(void)
{
    static const char *const ones[] = {"n=1",      "a=b; n=1",     "a=b;n=1",   "n=1; n=2",     ";;n=1",
                                       "; ; n=1;", "a; n=1",       "=; n=1",    "a=b ;\t n=1 ", "n =1",
                                       "n= 1",     "nn=2; n=1",    "N=2; n=1",  "a=n=2; n=1",   "a=\"b; n=1",
                                       "n; n=1",   "a=b,c=d; n=1", "\xff=2;n=1"};
    static const char *const none[] = {"",     ";",     "=",  "n",       "a=b",      "N=1",
                                       "nn=1", "a=n=1", "n1", "a=b n=1", "a=b, n=1", "=n"};
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
        check_bytes(cookie(ones[i]), span_of("1"));
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check(cookie(none[i]).at == NULL);
    check(cookie("n=; n=1").at != NULL && cookie("n=; n=1").length == 0 && cookie("n=").at != NULL);
    check_bytes(cookie("n=\"a b\"; c=d"), span_of("\"a b\""));
    check_bytes(cookie("n=a=b==; c=d"), span_of("a=b=="));
    struct span head = span_of("GET /?Cookie: n=0 HTTP/1.0\nSet-Cookie: n=1\nCookie: a=b\nCookie2: n=2\n"
                               "cookie: n=3\nCookie: n=4\n\nCookie: c=5\n");
    check_bytes(cookie_find(head, "n"), span_of("3"));
    check(cookie_find(head, "c").at == NULL && cookie_find((struct span){NULL, 0}, "n").at == NULL);
}

static struct span scheme(const char *value)
{
    return secret_scheme(exact(value, strlen(value)));
}

/* The header fields in the echo of a request whose head is `head`. */
static struct span echoed(const char *head)
{
    static char echo_room[LIMIT_PIECE];
    struct text text = text_in(echo_room, sizeof echo_room);
    struct request request = {.head = exact(head, strlen(head))};
    echo_text(&text, &request, &(struct echo_body){.size = 0}, "\n");
    struct span written = text_written(&text);
    struct span before = span_of("event: request\ndata: {\"method\":\"\",\"target\":\"\",\"headers\":");
    struct span after = span_of(",\"body\":{\"size\":0,\"crc32\":\"00000000\"}}\n\n");
    check(!text.truncated && written.length >= before.length + after.length);
    written.length -= after.length;
    return span_after(written, before.length);
}

void test_secret(void)
{
    static const char *const values[] = {"API-Key", "x-api_keys", "APIKEY",    "X-Auth", "Cookie2", "my-credentials",
                                         "JWT",     "x-OIDC-",    "passwords", "Secret", "x-tokeN"};
    static const char *const none[] = {"", "Accept", "Key", "Api", "tok-en", "toke", "Idempotency-Key", "Session-Id"};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        check(secret_of(exact(values[i], strlen(values[i]))) == SECRET_VALUE);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        check(secret_of(exact(none[i], strlen(none[i]))) == SECRET_NONE);
    check(secret_of(span_of("cookiE")) == SECRET_COOKIES);
    check(secret_of(span_of("AUTHORIZATION")) == SECRET_CREDENTIALS);
    check(secret_of(span_of("proxy-authorization")) == SECRET_CREDENTIALS);
    check_bytes(scheme("Bearer x"), span_of("Bearer"));
    check_bytes(scheme("Basic\tx y"), span_of("Basic"));
    check(scheme("").length == 0 && scheme("Bearer").length == 0 && scheme("a,b c").length == 0 &&
          scheme(" a b").length == 0 && scheme("a\"b c").length == 0);
    check_bytes(echoed("GET / HTTP/1.1\r\nCookie: a=1; b=\"2\";3;=4; a\xff\" =5\r\ncookie:\r\nA: b\r\n"
                       "Authorization: Basic 6\r\nProxy-Authorization: 7\r\nX-Token: 8\r\n\r\n"),
                span_of("[[\"Cookie\",\"a; b; a\xef\xbf\xbd\\\"\"],[\"cookie\",\"\"],[\"A\",\"b\"],"
                        "[\"Authorization\",\"Basic\"],[\"Proxy-Authorization\",\"\"],[\"X-Token\",\"\"]]"));
}

static bool is_foreign(const char *fields)
{
    struct text text = text_in(room, sizeof room);
    text_string(&text, "DELETE / HTTP/1.1\r\n");
    text_string(&text, fields);
    text_string(&text, "\r\n\r\n");
    struct span head = text_written(&text);
    return origin_is_foreign(exact(head.at, head.length));
}

void test_origin(void)
{
    static const char *const own[] = {"Host: a",
                                      "Host: a\r\nOrigin: http://a",
                                      "host: a:1\r\norigin: https://a:1",
                                      "Host: [::1]:1\r\nOrigin: http://[::1]:1",
                                      "Host: a\r\nSec-Fetch-Site: same-origin",
                                      "Sec-Fetch-Site: none",
                                      "Origin: http://b\r\nSec-Fetch-Site: same-origin"};
    static const char *const foreign[] = {"Host: a\r\nOrigin: http://b",
                                          "Host: a\r\nOrigin: http://a:1",
                                          "Host: a:1\r\nOrigin: http://a",
                                          "Host: a\r\nOrigin: null",
                                          "Host: a\r\nOrigin:",
                                          "Host: a\r\nOrigin: a",
                                          "Host: a\r\nOrigin: http:/a",
                                          "Host: a\r\nOrigin: http://a/",
                                          "Host: a\r\nOrigin: http://",
                                          "Host:\r\nOrigin: http://",
                                          "Origin: http://a",
                                          "Origin: null",
                                          "Sec-Fetch-Site: cross-site",
                                          "Sec-Fetch-Site: same-site",
                                          "Sec-Fetch-Site:",
                                          "Host: a\r\nOrigin: http://a\r\nSec-Fetch-Site: cross-site"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        check(!is_foreign(own[i]));
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        check(is_foreign(foreign[i]));
}

static uint32_t little(struct span bytes, size_t count)
{
    uint32_t number = 0;
    for (size_t i = 0; i < count; i++)
        number |= (uint32_t)(unsigned char)bytes.at[i] << 8 * i;
    return number;
}

/* Decodes a finished gzip stream. *blocks is the number of blocks with content. */
static struct span unzip(struct span zipped, size_t *blocks)
{
    struct text text = text_in(room, sizeof room);
    bool last = false;
    *blocks = 0;
    check(span_starts(zipped, "\x1f\x8b\x08") && little(span_after(zipped, 3), 4) == 0 && zipped.length >= GZIP_HEAD);
    zipped = span_after(zipped, GZIP_HEAD);
    while (!last && zipped.length >= GZIP_BLOCK) {
        uint32_t length = little(span_after(zipped, 1), 2);
        last = zipped.at[0] == 1;
        *blocks += length > 0;
        check((zipped.at[0] & 0xfe) == 0 && (length ^ little(span_after(zipped, 3), 2)) == 0xffff);
        zipped = span_after(zipped, GZIP_BLOCK);
        check(length <= zipped.length);
        text_span(&text, (struct span){zipped.at, length});
        zipped = span_after(zipped, length);
    }
    check(last && zipped.length == 8 && !text.truncated);
    check(little(zipped, 4) == crc32_add(0, text_written(&text)) && little(span_after(zipped, 4), 4) == text.length);
    return text_written(&text);
}

static void test_block_counts(void)
{
    static const struct {
        size_t length, blocks;
    } cases[] = {{0, 0}, {1, 1}, {65534, 1}, {65535, 1}, {65536, 2}, {131070, 2}, {131071, 3}, {200000, 4}};
    static char content[200000], zipped[200100];
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = (char)(i * i >> 3 & 0x7f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span wanted = {content, cases[i].length};
        struct text text = text_in(zipped, GZIP_HEAD + GZIP_BLOCK * cases[i].blocks + wanted.length + GZIP_TAIL);
        struct gzip gzip = {0};
        size_t blocks = 0;
        gzip_head(&text);
        gzip_block(&gzip, &text, wanted);
        gzip_tail(&gzip, &text);
        check(!text.truncated && text.length == text.capacity);
        check_bytes(unzip(text_written(&text), &blocks), wanted);
        check(blocks == cases[i].blocks);
    }
}

void test_gzip(void)
{
    static const char hello[] = "\x1f\x8b\x08\0\0\0\0\0\0\xff"
                                "\0\x05\0\xfa\xffhello"
                                "\0\x01\0\xfe\xff!"
                                "\x01\0\0\xff\xff\x60\xc9\x86\x9a\x06\0\0\0";
    char zipped[64];
    struct text text = text_in(zipped, sizeof zipped);
    struct gzip gzip = {0};
    size_t blocks;
    gzip_head(&text);
    gzip_block(&gzip, &text, span_of("hello"));
    gzip_block(&gzip, &text, (struct span){NULL, 0});
    gzip_block(&gzip, &text, span_of("!"));
    gzip_tail(&gzip, &text);
    struct span wanted = {hello, sizeof hello - 1};
    check_bytes(text_written(&text), wanted);
    check_bytes(unzip(text_written(&text), &blocks), span_of("hello!"));
    test_block_counts();
    gzip = (struct gzip){.size = UINT32_MAX};
    text = text_in(zipped, GZIP_BLOCK);
    gzip_block(&gzip, &text, span_of("ab"));
    check(gzip.size == 1 && text.truncated);
}
