/* The token. Fails closed: a configured token that cannot be read is TOKEN_UNKNOWN, and nothing matches that. */
#include "http/token.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The file's bytes without white space around them. Empty, errno set, if it cannot serve. */
static struct span read_secret(const char *file, char *room, size_t size)
{
    struct span secret = {room, 0};
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return secret;
    ssize_t got = read(fd, room, size);
    int why = got < 0 ? errno : 0;
    if (got > 0 && (size_t)got < size)
        secret.length = (size_t)got;
    (void)close(fd);
    while (secret.length > 0 && is_space(secret.at[0]))
        secret = span_after(secret, 1);
    while (secret.length > 0 && is_space(secret.at[secret.length - 1]))
        secret.length--;
    errno = why;
    return secret;
}

void token_read(struct token *token, const char *file, const char *value)
{
    bool has_file = file != NULL && *file != '\0';
    bool has_value = value != NULL && *value != '\0';
    struct span secret = {token->room, 0};
    if (has_file)
        secret = read_secret(file, token->room, sizeof token->room);
    if (secret.length == 0 && has_value)
        secret = span_of(value);
    token->secret = secret;
    if (secret.length > 0)
        token->state = TOKEN_SET;
    else
        token->state = has_file ? TOKEN_UNKNOWN : TOKEN_NONE;
}

bool token_matches(const struct token *token, struct span authorization)
{
    if (token->state != TOKEN_SET || !span_starts_like(authorization, "Bearer "))
        return false;
    struct span given = span_trim(span_after(authorization, 7));
    struct span secret = token->secret;
    size_t differ = given.length ^ secret.length;
    for (size_t i = 0; i < given.length; i++) /* as long as what was given is, which its sender knows */
        differ |= (size_t)(unsigned char)(given.at[i] ^ secret.at[i % secret.length]);
    return differ == 0;
}
