/*
 * The secret that guards every path: where it comes from, and whether a request carries it (RFC 6750, 2.1).
 */
#ifndef HTTP_TOKEN_H
#define HTTP_TOKEN_H

#include "base/limits.h"
#include "base/span.h"

enum token_state {
    TOKEN_NONE,    /* none is configured: everybody is served */
    TOKEN_SET,     /* requests must carry it */
    TOKEN_UNKNOWN, /* one is configured and cannot be read: nobody is served */
};

struct token {
    enum token_state state;
    struct span secret; /* in one of these two, or in the value that token_read() was given */
    char brief[128];    /* most tokens fit: they need no page of their own */
    char *room;         /* the caller's: LIMIT_TOKEN + 1 bytes, one more to see that a file is too long */
};

/*
 * Reads the token afresh: from `file` if it is not NULL or empty, white space around it taken off; if that cannot be
 * read, or is empty, or longer than LIMIT_TOKEN, from `value` if it is not NULL or empty. With TOKEN_UNKNOWN, errno
 * says why the file did not serve, 0 if it was read and held no usable token.
 */
void token_read(struct token *token, const char *file, const char *value);

/* The value of an Authorization field is "Bearer SECRET". Takes the same time whatever it is that differs. */
bool token_matches(const struct token *token, struct span authorization);

#endif
