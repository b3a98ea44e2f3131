/* The token. Fails closed: a configured token that cannot be read is TOKEN_UNKNOWN, and no request matches it. */
#include "http/token.h"

#include "base/log.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/*
 * Reads a file of at most LIMIT_TOKEN bytes. Returns its length; -1 if it is longer, or if it cannot be read, with
 * token->why set. Does not write to errno, because a process shares its page with the listener until it writes there.
 */
static ssize_t read_file(int fd, struct token *token)
{
    ssize_t got = read(fd, token->brief, sizeof token->brief);
    token->secret.at = token->brief;
    if (got == (ssize_t)sizeof token->brief) {
        memcpy(token->room, token->brief, sizeof token->brief);
        token->secret.at = token->room;
        ssize_t rest = read(fd, token->room + got, LIMIT_TOKEN + 1 - sizeof token->brief);
        got = rest < 0 ? rest : got + rest;
    }
    token->why = got < 0 ? errno : got > LIMIT_TOKEN ? EFBIG : 0;
    return got > LIMIT_TOKEN ? -1 : got;
}

/* Sets the secret to the content of the file without surrounding white space; on failure, leaves it empty. */
static void read_secret(const char *file, struct token *token)
{
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) {
        token->why = errno;
        return;
    }
    ssize_t length = read_file(fd, token);
    (void)close(fd);
    struct span secret = {token->secret.at, length > 0 ? (size_t)length : 0};
    while (secret.length > 0 && is_space(secret.at[0]))
        secret = span_after(secret, 1);
    while (secret.length > 0 && is_space(secret.at[secret.length - 1]))
        secret.length--;
    token->secret = secret;
}

void token_read(struct token *token, const char *file, const char *value)
{
    bool has_file = file != NULL && *file != '\0';
    bool has_value = value != NULL && *value != '\0';
    token->secret = (struct span){token->brief, 0};
    token->why = 0;
    if (has_file)
        read_secret(file, token);
    if (token->secret.length == 0 && has_value)
        token->secret = span_of(value);
    if (token->secret.length > 0)
        token->state = TOKEN_SET;
    else
        token->state = has_file ? TOKEN_UNKNOWN : TOKEN_NONE;
}

enum { PATH_SHOWN = 400 }; /* so that the line of the log has room for the rest */

void token_log_unknown(const char *file, int why)
{
    char room[LIMIT_LOG_LINE];
    struct text what = text_in(room, sizeof room - 1);
    text_string(&what, "Cannot read a token from ");
    text_printable(&what, span_of(file), PATH_SHOWN);
    if (why == 0)
        text_string(&what, ": it is empty");
    if (why == EFBIG) {
        text_string(&what, ": it is longer than ");
        text_number(&what, LIMIT_TOKEN);
        text_string(&what, " bytes");
    }
    room[what.length] = '\0';
    log_advice(room, why == EFBIG ? 0 : why,
               "set AUTH_TOKEN_FILE to a readable file with the token, or set AUTH_TOKEN");
}

static bool is_secret(const struct token *token, struct span given)
{
    struct span secret = token->secret;
    size_t differ = given.length ^ secret.length;
    for (size_t i = 0; i < given.length; i++) /* takes as long as the given token, whose length its sender knows */
        differ |= (size_t)(unsigned char)(given.at[i] ^ secret.at[i % secret.length]);
    return differ == 0;
}

bool token_matches(const struct token *token, struct span authorization)
{
    return token->state == TOKEN_SET && span_starts_like(authorization, "Bearer ") &&
           is_secret(token, span_trim(span_after(authorization, 7)));
}

bool token_matches_key(const struct token *token, struct span key)
{
    return token->state == TOKEN_SET && is_secret(token, key);
}
