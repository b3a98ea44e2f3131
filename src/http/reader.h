/*
 * Reads requests: the only unit that reads from a client that is being served.
 *
 * One buffer holds the bytes. The head of the current request stays at its front, so that spans into it remain valid.
 * Body bytes and pipelined requests follow it.
 */
#ifndef HTTP_READER_H
#define HTTP_READER_H

#include "http/body.h"

/* Returned instead of a status: there is nothing to answer. */
enum {
    READER_CLOSED = -1, /* the client sent no request and left or stayed idle, or the process was told to stop */
};

struct reader {
    int fd;
    bool is_socket;
    bool first;               /* before the first request */
    void (*on_silence)(void); /* called once if the first wait takes longer than LIMIT_SILENCE_MS; NULL: nothing */
    size_t length;            /* bytes in the buffer */
    size_t head;              /* length of the current head, bytes */
    size_t taken;             /* bytes consumed: the current head and what was read of its body */
    char bytes[LIMIT_HEAD + LIMIT_READ_AHEAD];
};

/* The caller closes `fd`, and sets `on_silence` if it needs that. */
void reader_open(struct reader *reader, int fd, bool is_socket);

/*
 * Discards the previous request and reads the next head. Except for the first request, the first byte must arrive
 * within `idle_ms`; the complete head within `head_ms`. Returns 0 and the head; READER_CLOSED; or 400, 408, 414 or 431.
 */
int reader_head(struct reader *reader, int64_t idle_ms, int64_t head_ms, struct span *head, struct refusal *refusal);

/* Receives the next piece of a body's content. The span is valid only during the call. */
typedef void reader_sink(void *context, struct span content);

/*
 * Reads a complete body within `body_ms`, and passes its content to `sink`. Returns 0; READER_CLOSED; or 400, 408, 413
 * or 431.
 */
int reader_body(struct reader *reader, struct body *body, reader_sink *sink, void *context, int64_t body_ms,
                struct refusal *refusal);

/* The buffer holds bytes of the body or of the next request. */
bool reader_has_more(const struct reader *reader);

/* Some bytes of the client were never used: in this buffer, or in the kernel's. */
bool reader_is_unread(const struct reader *reader);

/*
 * Reads and discards until the client closes, for at most LIMIT_LINGER_MS. Closing a socket with unread bytes would
 * reset the connection, and the client could lose the response (RFC 9112, 9.6). There is no limit on the bytes, because
 * some clients read a response only after they have sent their whole body.
 */
void reader_linger(struct reader *reader);

#endif
