/* Request heads, bodies, forms, tokens and response heads. */
#include "check.h"
#include "http/body.h"
#include "http/chunked.h"
#include "http/form.h"
#include "http/media_type.h"
#include "http/percent.h"
#include "http/request.h"
#include "http/response.h"
#include "http/status_code.h"
#include "http/target.h"
#include "http/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char reason[LIMIT_REASON];
static struct refusal refusal = {.room = reason};

static int parse(const char *head, struct request *request)
{
    return request_parse(exact(head, strlen(head)), request, &refusal);
}

static void test_head_length(void)
{
    static const char head[] = "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET";
    size_t end = sizeof head - 1 - 3;
    for (size_t length = 0; length < sizeof head - 1; length++)
        for (size_t searched = 0; searched <= length && (searched < end || length < end); searched++)
            check(request_head_length(exact(head, length).at, length, searched) == (length < end ? 0 : end));
    check(request_head_length("a\n\n", 3, 2) == 3 && request_head_length("a\n\r\n", 4, 3) == 4);
    check(request_skip_empty("\r\n\n\r\nGET", 8) == 5 && request_skip_empty("\r", 1) == 0);
}

static void test_hosts(void)
{
    static const char *const valid[] = {"",    "a",           "a:80",  "a:",          "a-b.c_d~",
                                        "%61", "127.0.0.1:1", "[::1]", "[::1]:65535", "[::ffff:1.2.3.4]"};
    static const char *const invalid[] = {":80", "a:b", "a:1:2", "a:65536", "a b",     "a/b",    "a#b",
                                          "a@b", "a?b", "[::1",  "[]",      "[::g]",   "[::1]x", "[::1]80",
                                          "::1", "a^b", "a:-1",  "a: 1",    "\xc3\xa4"};
    for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
        check(target_host_is_valid(exact(valid[i], strlen(valid[i]))));
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        check(!target_host_is_valid(exact(invalid[i], strlen(invalid[i]))));
}

static void test_targets(void)
{
    struct request request;
    check(parse("GET http://example/stream?a=b HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 0);
    check_bytes(request.path, span_of("/stream"));
    check_bytes(request.query, span_of("a=b"));
    check(parse("GET HTTPS://example HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 0);
    check_bytes(request.path, span_of("/"));
    check(parse("GET http://example?q HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 0);
    check_bytes(request.query, span_of("q"));
    check(parse("GET http:///a HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 400);
    check(parse("GET http://user@host/a HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 400);
    check(parse("OPTIONS * HTTP/1.1\r\nHost:\r\n\r\n", &request) == 0);
    check(parse("GET * HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 400);
    check(parse("GET stream HTTP/1.1\r\nHost: x\r\n\r\n", &request) == 400);
}

static void test_refused_heads(void)
{
    static const struct {
        int status;
        const char *head;
    } heads[] = {
        {400, "GET /\r\n\r\n"},
        {400, "GET  / HTTP/1.0\r\n\r\n"},
        {400, "GET / HTTP/1.0 \r\n\r\n"},
        {400, " GET / HTTP/1.0\r\n\r\n"},
        {400, "GET\t/ HTTP/1.0\r\n\r\n"},
        {400, "G(T / HTTP/1.0\r\n\r\n"},
        {400, "GET / http/1.0\r\n\r\n"},
        {400, "GET / HTTP/1.\r\n\r\n"},
        {505, "GET / HTTP/2.0\r\n\r\n"},
        {505, "PRI * HTTP/2.0\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nA: b\r\n c\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nA : b\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\n: b\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nA\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nA: b\rc\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nA: b\vc\r\n\r\n"},
        {400, "GET /# HTTP/1.0\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nContent-Length: +1\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nContent-Length: 1, 1\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nContent-Length: 9223372036854775808\r\n\r\n"},
        {400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
        {501, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"},
        {501, "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"},
        {501, "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"},
        {417, "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n"},
    };
    struct request request;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        check(parse(heads[i].head, &request) == heads[i].status);
        check(refusal.reason.length > 0 && !refusal.reason.truncated);
    }
    check(request_parse((struct span){"GET / HTTP/1.0\r\nA: \0\r\n\r\n", 24}, &request, &refusal) == 400);
}

void test_request(void)
{
    struct request request;
    test_head_length();
    test_hosts();
    test_targets();
    test_refused_heads();
    check(parse("GET /stream?count=2 HTTP/1.1\r\nhOST: [::1]:80\r\nLast-Event-ID: message-4 \r\n\r\n", &request) == 0);
    check(request.method == METHOD_GET && request.minor == 1 && request_persists(&request));
    check_bytes(request.last_event_id, span_of("message-4"));
    check(parse("GET / HTTP/1.1\nHost: a\nConnection: x, Close\n\n", &request) == 0 && !request_persists(&request));
    check(parse("GET / HTTP/1.0\r\n\r\n", &request) == 0 && !request_persists(&request));
    check(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", &request) == 0 && request_persists(&request));
    check(parse("PUT / HTTP/1.7\r\nHost: a\r\n\r\n", &request) == 0 && request.method == METHOD_OTHER);
    check(request.minor == 1);
}

/* The content of a body that arrives in pieces of `piece` bytes. NULL if it is refused or incomplete. */
static const char *content_of(const char *bytes, size_t piece)
{
    static char got[1024];
    struct request request = {.minor = 1, .chunked = true};
    struct text text = text_in(got, sizeof got - 1);
    struct body body;
    size_t length = strlen(bytes);
    if (body_start(&body, &request, 64, &refusal) != 0)
        return NULL;
    for (size_t at = 0; at < length; at += piece) {
        struct span rest = exact(bytes + at, length - at < piece ? length - at : piece);
        while (rest.length > 0 && body.part != BODY_DONE) {
            struct span content;
            if (body_take(&body, &rest, &content, &refusal) != 0)
                return NULL;
            text_span(&text, content);
        }
    }
    got[text.length] = '\0';
    return body.part == BODY_DONE ? got : NULL;
}

void test_body(void)
{
    static const char *const refused[] = {
        "\r\n",
        ";x\r\n",
        "g\r\n",
        "1 \r\nx\r\n",
        "1\nx\r\n0\r\n\r\n",
        "1\r\nxy\r\n",
        "1\r\nx\n0\r\n\r\n",
        "1\r\rx",
        "0\r\n\rx",
        "41\r\n",
        "FFFFFFFFFFFFFFFF\r\n",
        "10000000000000000\r\n",
        "0x1\r\nx\r\n",
        "-1\r\n",
        "3;a\x01\r\n",
        "20\r\n01234567890123456789012345678901\r\n21\r\n",
    };
    for (size_t piece = 1; piece < 12; piece++) {
        const char *got = content_of("3\r\nabc\r\nA;x=\"y\"\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", piece);
        check(got != NULL && strcmp(got, "abc0123456789") == 0);
        got = content_of("000\r\n\r\n", piece);
        check(got != NULL && *got == '\0');
        for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
            check(content_of(refused[i], piece) == NULL);
    }
    struct request request = {.has_length = true, .content_length = 65};
    struct body body;
    check(body_start(&body, &request, 64, &refusal) == 413);
    request.content_length = 0;
    check(body_start(&body, &request, 64, &refusal) == 0 && body.part == BODY_DONE);
}

/* All 256 bytes are encoded and decoded again. */
static void test_form_encode(void)
{
    char bytes[256], encoded_room[3 * sizeof bytes], decoded_room[sizeof bytes];
    struct text encoded = text_in(encoded_room, sizeof encoded_room);
    struct text decoded = text_in(decoded_room, sizeof decoded_room);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    form_encode(&encoded, (struct span){bytes, sizeof bytes});
    check(!encoded.truncated && percent_is_valid(text_written(&encoded)));
    for (size_t i = 0; i < encoded.length; i++)
        check(encoded_room[i] > ' ' && encoded_room[i] != '&' && encoded_room[i] != '=' && encoded_room[i] != 0x7f);
    form_decode(&decoded, text_written(&encoded));
    struct span all = {bytes, sizeof bytes};
    check_bytes(text_written(&decoded), all);
    encoded.length = 0;
    form_encode(&encoded, span_of("aZ09*-._ +~\xe2"));
    check_bytes(text_written(&encoded), span_of("aZ09*-._+%2b%7e%e2"));
}

static bool takes_type(const char *content_type, bool before)
{
    bool is_it = before;
    media_type_take(span_of(content_type), "text/plain", &is_it);
    return is_it;
}

static void test_media_types_of_clients(void)
{
    check(takes_type("Text/PLAIN ;x=y", false) && takes_type("text/html, text/plain", false));
    check(!takes_type("text/plain,text/html", true) && !takes_type("text/html;x=\"\\\",text/plain\"", true));
    check(takes_type("", true) && takes_type("text", true) && takes_type("te xt/html,/,*/*,text/", true));
    check(!takes_type("", false) && !takes_type("text/plain/x", false));
}

void test_form(void)
{
    char room[64];
    struct text text = text_in(room, sizeof room);
    struct span rest = span_of("&a=1&&b&c=%3D+%2B%zz%4&=x");
    struct span name, value;
    while (form_next(&rest, &name, &value)) {
        text_string(&text, "[");
        form_decode(&text, name);
        text_string(&text, "|");
        form_decode(&text, value);
        text_string(&text, "]");
    }
    check_bytes(text_written(&text), span_of("[a|1][b|][c|= +%zz%4][|x]"));
    check(percent_decodes_to(span_of("/%73tre%61m"), "/stream") && percent_decodes_to(span_of("/stream"), "/stream"));
    check(!percent_decodes_to(span_of("/stream%00"), "/stream") && !percent_decodes_to(span_of("/strea"), "/stream"));
    check(!percent_decodes_to(span_of("/stream/"), "/stream") && percent_decodes_to(span_of("+"), "+"));
    check(percent_is_valid(span_of("%41%fF")) && !percent_is_valid(span_of("%4")) && !percent_is_valid(span_of("%g0")));
    check(media_type_is(span_of("Text/Plain ; charset=x"), "text/plain") &&
          !media_type_is(span_of("text/plainx"), "text/plain"));
    test_form_encode();
    test_media_types_of_clients();
}

static void write_file(const char *path, const char *bytes)
{
    FILE *file = fopen(path, "w");
    check(file != NULL && fputs(bytes, file) >= 0 && fclose(file) == 0);
}

void test_token(void)
{
    static char token_room[LIMIT_TOKEN + 1];
    struct token token = {.room = token_room};
    char path[] = "token-XXXXXX";
    int fd = mkstemp(path);
    check(fd >= 0 && close(fd) == 0);
    token_read(&token, NULL, NULL);
    check(token.state == TOKEN_NONE);
    token_read(&token, "", "");
    check(token.state == TOKEN_NONE);
    token_read(&token, path, NULL); /* empty */
    check(token.state == TOKEN_UNKNOWN && !token_matches(&token, span_of("Bearer ")));
    token_read(&token, "/nonexistent", "value");
    check(token.state == TOKEN_SET && token_matches(&token, span_of("Bearer value")));
    token_read(&token, "/nonexistent", " value\n");
    check(token.state == TOKEN_SET && token_matches(&token, span_of("Bearer value")));
    token_read(&token, NULL, " \n");
    check(token.state == TOKEN_UNKNOWN && !token_matches(&token, span_of("Bearer ")));
    token_read(&token, NULL, "two\nlines");
    check(token.state == TOKEN_UNKNOWN && !token_matches(&token, span_of("Bearer two")));
    write_file(path, "two\nlines\n");
    token_read(&token, path, NULL);
    check(token.state == TOKEN_UNKNOWN && !token_matches(&token, span_of("Bearer two")));
    write_file(path, " \t\nfile\r\n\n");
    token_read(&token, path, "value");
    check(token_matches(&token, span_of("bearer file")) && token_matches(&token, span_of("Bearer  file")));
    static const char *const wrong[] = {"",           "file",         "Bearer",       "Bearer ",
                                        "Bearer fil", "Bearer filee", "Bearer File",  "Bearer filefile",
                                        "Basic file", "Bearer value", "Bearer file x"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        check(!token_matches(&token, span_of(wrong[i])));
    check(token_matches_key(&token, span_of("file")) && !token_matches_key(&token, span_of("Bearer file")));
    check(!token_matches_key(&token, span_of("")) && !token_matches_key(&token, (struct span){NULL, 0}));
    check(unlink(path) == 0);
}

void test_response(void)
{
    char room[LIMIT_RESPONSE_HEAD];
    struct text text = text_in(room, sizeof room);
    struct response response = {.status = 405,
                                .framing = FRAMING_LENGTH,
                                .length = 5,
                                .allow = METHOD_GET | METHOD_OPTIONS,
                                .type = span_of("text/plain")};
    response_head(&text, &response, 0, 0);
    check_bytes(
        text_written(&text),
        span_of("HTTP/1.0 405 Method Not Allowed\r\nAccess-Control-Allow-Headers: *\r\n"
                "Access-Control-Allow-Methods: GET\r\nAccess-Control-Allow-Origin: *\r\nAllow: GET, OPTIONS\r\n"
                "Content-Type: text/plain\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nContent-Length: 5\r\n\r\n"));
    text = text_in(room, sizeof room);
    chunked_chunk(&text, span_of("0123456789abcdef"));
    check_bytes(text_written(&text), span_of("10\r\n0123456789abcdef\r\n"));
    check_bytes(span_of(status_code_phrase(299)), span_of("")); /* clients ignore the phrase (RFC 9112, 4) */
}
