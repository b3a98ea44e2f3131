/*
 * The way from the client: the only place that reads from one that is being served.
 *
 * Bytes come into one buffer. A head stays at its front while its request is served, so that spans into it hold; body
 * bytes and pipelined requests stand behind it.
 */
#ifndef HTTP_READER_H
#define HTTP_READER_H

#include "http/body.h"

/* Instead of a status: there is nothing to answer. */
enum {
    READER_CLOSED = -1, /* the client sent no request and is gone or idle, or we were told to stop */
};

struct reader {
    int fd;
    bool is_socket;
    bool first;    /* no request has been read yet */
    size_t length; /* bytes held */
    size_t head;   /* bytes of the request being served: its head */
    size_t taken;  /* bytes done with: its head and what was read of its body */
    char bytes[LIMIT_HEAD + LIMIT_READ_AHEAD];
};

/* `fd` stays the caller's. */
void reader_open(struct reader *reader, int fd, bool is_socket);

/*
 * Forgets the request before and reads the next head: the first byte within `idle_ms` (a later request only), the whole
 * head within `head_ms`. Returns 0 and the head; READER_CLOSED; or 400, 408, 414 or 431.
 */
int reader_head(struct reader *reader, int64_t idle_ms, int64_t head_ms, struct span *head, struct refusal *refusal);

/*
 * Reads a whole body within `body_ms`. Its content is appended to *form if that is not NULL, otherwise thrown away.
 * Returns 0; READER_CLOSED; or 400, 408, 413 or 431.
 */
int reader_body(struct reader *reader, struct body *body, struct text *form, int64_t body_ms, struct refusal *refusal);

/* Bytes of the body, or of a next request, are in our buffer already. */
bool reader_has_more(const struct reader *reader);

/* The client sent something that was never read: here, or in the kernel's buffer. */
bool reader_is_unread(const struct reader *reader);

/*
 * Reads what still comes and throws it away until the client closes, for LIMIT_LINGER_MS at the most: a socket that is
 * closed with bytes unread takes the response with it (RFC 9112, 9.6).
 */
void reader_linger(struct reader *reader);

#endif
