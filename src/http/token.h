/*
 * The token that every request must carry, as a bearer token (RFC 6750, 2.1) or as an API key: reading it, and
 * comparing it.
 */
#ifndef HTTP_TOKEN_H
#define HTTP_TOKEN_H

#include "base/limits.h"
#include "base/span.h"

enum token_state {
    TOKEN_NONE,    /* no token is configured: every request is served */
    TOKEN_SET,     /* requests must carry the token */
    TOKEN_UNKNOWN, /* a token is configured but cannot be read: no request is served */
};

struct token {
    enum token_state state;
    int why;            /* with TOKEN_UNKNOWN: errno of reading the file; 0: no line of text; EFBIG: it is too long */
    struct span secret; /* points to one of the next two, or to the value given to token_read() */
    char brief[128];    /* most tokens fit here and need no page of their own */
    char *room;         /* the caller's LIMIT_TOKEN + 1 bytes; the last one shows that a file is too long */
};

/*
 * Reads the token again, because the operator may have changed it. It is the content of `file`, without surrounding
 * white space. If there is no file, or it cannot be read, is empty, has more than LIMIT_TOKEN bytes or is not one line
 * of text, `value` is used, without surrounding white space, too. NULL and "" mean: not configured. If neither gives a
 * token that a request could carry, nothing matches.
 */
void token_read(struct token *token, const char *file, const char *value);

/*
 * Logs which file holds no token, and what to do. NULL: it is AUTH_TOKEN that holds none. `why` is that of struct
 * token. Never logs the content.
 */
void token_log_unknown(const char *file, int why);

/* The value of an Authorization field is "Bearer SECRET". The time does not depend on how much of it is right. */
bool token_matches(const struct token *token, struct span authorization);

/* The value of a field that carries only a key is the secret. NULL and "" never match. Takes as long as
 * token_matches(). */
bool token_matches_key(const struct token *token, struct span key);

#endif
