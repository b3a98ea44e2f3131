/*
 * Reads HTTP/1.1 responses strictly and prints their status codes in one line.
 *
 *   read_answers [many] <BYTES
 *
 * Lines end in CR LF. Each field occurs once, with a value of printable ASCII. The body has exactly the announced
 * length or chunks. Nothing follows a response with "Connection: close", unless `many` says that the responses are from
 * several connections. Empty input is valid. Exit 1 with the place of the first wrong byte, 2 if the input is too long.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 32 << 20, FIELDS_MOST = 32 };

static char bytes[ROOM + 1];
static size_t length, at;

struct response {
    int status;
    bool chunked, has_length, closes;
    size_t body;
    const char *names[FIELDS_MOST];
    size_t name_lengths[FIELDS_MOST], fields;
};

static _Noreturn void malformed(const char *what)
{
    fprintf(stderr, "malformed at byte %zu: %s: \"", at, what);
    for (size_t i = at; i < length && i < at + 40; i++)
        fprintf(stderr, bytes[i] >= ' ' && bytes[i] <= '~' ? "%c" : "\\x%02x", (unsigned char)bytes[i]);
    fprintf(stderr, "\"\n");
    exit(1);
}

static void expect(const char *what)
{
    size_t expected = strlen(what);
    if (length - at < expected || memcmp(bytes + at, what, expected) != 0)
        malformed(what[0] == '\r' ? "no CR LF" : what);
    at += expected;
}

/* The number of bytes from here on that are in a set. */
static size_t run_of(const char *set)
{
    size_t run = 0;
    while (at + run < length && bytes[at + run] != '\0' && strchr(set, bytes[at + run]) != NULL)
        run++;
    return run;
}

static size_t number(const char *digits, int base)
{
    size_t run = run_of(digits);
    if (run == 0 || run > 15 || (run > 1 && bytes[at] == '0'))
        malformed("no plain number");
    size_t value = (size_t)strtoull(bytes + at, NULL, base);
    at += run;
    return value;
}

static void read_status_line(struct response *response)
{
    expect("HTTP/1.");
    if (run_of("01") != 1)
        malformed("no version");
    at++;
    expect(" ");
    if (run_of("0123456789") != 3 || bytes[at] == '0')
        malformed("no status");
    response->status = (int)number("0123456789", 10);
    expect(" ");
    size_t phrase = run_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ");
    if (phrase == 0)
        malformed("no phrase");
    at += phrase;
    expect("\r\n");
}

static void remember_name(struct response *response, const char *name, size_t name_length)
{
    for (size_t i = 0; i < response->fields; i++)
        if (response->name_lengths[i] == name_length && memcmp(response->names[i], name, name_length) == 0)
            malformed("a field is repeated");
    if (response->fields == FIELDS_MOST)
        malformed("too many fields");
    response->names[response->fields] = name;
    response->name_lengths[response->fields++] = name_length;
}

static void read_value(struct response *response, const char *name, size_t name_length)
{
    size_t from = at;
    if (name_length == 14 && memcmp(name, "Content-Length", 14) == 0) {
        response->has_length = true;
        response->body = number("0123456789", 10);
    } else if (name_length == 17 && memcmp(name, "Transfer-Encoding", 17) == 0) {
        response->chunked = true;
        expect("chunked");
    }
    while (at < length && bytes[at] >= ' ' && bytes[at] <= '~')
        at++;
    if (at == from || bytes[from] == ' ' || bytes[at - 1] == ' ')
        malformed("no value");
    if (name_length == 10 && memcmp(name, "Connection", 10) == 0)
        response->closes = at - from == 5 && memcmp(bytes + from, "close", 5) == 0;
}

static void read_fields(struct response *response)
{
    while (at < length && bytes[at] != '\r') {
        const char *name = bytes + at;
        size_t name_length = run_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-");
        if (name_length == 0)
            malformed("no field name");
        remember_name(response, name, name_length);
        at += name_length;
        expect(": ");
        read_value(response, name, name_length);
        expect("\r\n");
    }
    expect("\r\n");
}

static void read_content(size_t size)
{
    if (length - at < size)
        malformed("the body is shorter than announced");
    at += size;
}

static void read_body(const struct response *response)
{
    if (response->chunked && response->has_length)
        malformed("two lengths");
    if (response->has_length)
        read_content(response->body);
    for (size_t size = 1; response->chunked && size > 0;) {
        size = number("0123456789abcdef", 16);
        expect("\r\n");
        read_content(size);
        expect("\r\n");
    }
    bool ends_with_head = response->status < 200 || response->status == 204 || response->status == 304;
    if (!response->chunked && !response->has_length && !ends_with_head)
        at = length; /* until the end of the connection */
}

int main(int argc, char **argv)
{
    bool many = argc == 2 && strcmp(argv[1], "many") == 0;
    const char *before = "";
    length = fread(bytes, 1, sizeof bytes, stdin);
    if (length > ROOM)
        return 2;
    while (at < length) {
        struct response response = {0};
        read_status_line(&response);
        read_fields(&response);
        read_body(&response);
        printf("%s%d", before, response.status);
        before = " ";
        if (response.closes && at < length && !many)
            malformed("bytes follow the last response");
    }
    printf("\n");
    return 0;
}
