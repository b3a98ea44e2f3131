/*
 * The token. The input is the bytes of a token file, an end of line, and the value of an Authorization field. The match
 * in constant time must agree with a simple comparison, and reading the file with simple trimming.
 */
#include "fuzz.h"
#include "http/token.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

static struct span trim(struct span span, const char *spaces)
{
    while (span.length > 0 && span.at[0] != '\0' && strchr(spaces, span.at[0]) != NULL)
        span = span_after(span, 1);
    while (span.length > 0 && span.at[span.length - 1] != '\0' && strchr(spaces, span.at[span.length - 1]) != NULL)
        span.length--;
    return span;
}

/* The simple comparison. */
static bool is_bearer_of(struct span secret, struct span authorization)
{
    return authorization.length >= 7 && strncasecmp(authorization.at, "Bearer ", 7) == 0 &&
           same_bytes(trim(span_after(authorization, 7), " \t"), secret);
}

/* The path of a file in memory with these bytes. Valid until the next call. */
static const char *token_file(struct span bytes)
{
    static char path[32];
    static int fd = -1;
    if (fd < 0) {
        fd = memfd_create("token", MFD_CLOEXEC);
        struct text text = text_in(path, sizeof path - 1);
        text_string(&text, "/proc/self/fd/");
        text_number(&text, (uint64_t)fd);
    }
    must(ftruncate(fd, 0) == 0);
    must(pwrite(fd, bytes.at, bytes.length, 0) == (ssize_t)bytes.length);
    return path;
}

/* No request can carry such a token: a field has no control character but the tab. */
static bool has_control(struct span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (span.at[i] != '\t' && ((span.at[i] >= 0 && span.at[i] < ' ') || span.at[i] == 0x7f))
            return true;
    return false;
}

static void check_reading(const struct token *token, struct span bytes, const char *value)
{
    struct span secret = bytes.length > LIMIT_TOKEN ? (struct span){NULL, 0} : trim(bytes, " \t\n\v\f\r");
    if (secret.length == 0 || has_control(secret))
        secret = span_of(value);
    must(token->state == (secret.length > 0 ? TOKEN_SET : TOKEN_UNKNOWN));
    must(same_bytes(token->secret, secret));
}

/* The right secret must match. It must not match with one changed bit, one more byte or one byte less. */
static void check_right_one(const struct token *token, size_t place)
{
    char room[LIMIT_TOKEN + 16] = "bEARER ";
    size_t length = token->secret.length;
    memcpy(room + 7, token->secret.at, length);
    room[7 + length] = '.';
    bool trimmed = trim(token->secret, " \t").length == length;
    must(token_matches(token, (struct span){room, 7 + length}) == trimmed);
    must(!token_matches(token, (struct span){room, 8 + length}));
    must(!token_matches(token, (struct span){room, 6 + length}));
    room[7 + place % length] ^= 4;
    must(!token_matches(token, (struct span){room, 7 + length}));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char token_room[LIMIT_TOKEN + 1];
    static struct token token;
    token.room = token_room;
    if (size == 0)
        return 0;
    struct span rest = {(const char *)data + 1, size - 1};
    const char *value = (data[0] & 1) != 0 ? "another secret" : "";
    struct span secret = span_cut(&rest, '\n');
    struct span authorization = copy_of(rest);
    token_read(&token, token_file(secret), value);
    check_reading(&token, secret, value);
    if (token.state == TOKEN_SET) {
        must(token_matches(&token, authorization) == is_bearer_of(token.secret, authorization));
        check_right_one(&token, data[0]);
    }
    token.state = data[0] & 2 ? TOKEN_NONE : TOKEN_UNKNOWN;
    must(!token_matches(&token, authorization));
    drop_copy(authorization);
    return 0;
}
