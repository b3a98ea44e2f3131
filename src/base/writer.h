/*
 * Output to the client. All bytes to a client that is served go through here.
 *
 * Bytes are gathered, and writer_flush() writes them at once, or earlier if there are more than LIMIT_WRITER. If the
 * client is gone, or reads nothing for `stall_ms`, the state changes for good and all later calls do nothing. So a
 * caller can check once at the end.
 */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include "base/limits.h"
#include "base/text.h"

enum writer_state {
    WRITER_OPEN,
    WRITER_GONE,    /* the client closed, or its connection broke */
    WRITER_STALLED, /* the client read nothing for too long */
};

/* Receives what one write would send. The span is valid only during the call. */
typedef void writer_take(void *context, struct span bytes);

struct writer {
    int fd;
    bool is_socket;
    bool stopping;   /* told to stop: the rest must be written within LIMIT_STOP_MS */
    int64_t stop_by; /* monotonic, ns; CLOCK_NEVER before that */
    int64_t stall_ms;
    enum writer_state state;
    unsigned writes;   /* system calls so far */
    bool was_reset;    /* with WRITER_GONE: the client reset the connection instead of closing it */
    writer_take *take; /* gets the writes instead of `fd`; NULL: none */
    void *context;
    struct text text;
    char bytes[LIMIT_WRITER];
};

/* The caller still owns `fd`. `stall_ms`: how long the client may read nothing. */
void writer_open(struct writer *writer, int fd, bool is_socket, int64_t stall_ms);

/* The same without a client: each write goes to `take` with `context`. `fd` is -1. Nothing fails. */
void writer_capture(struct writer *writer, writer_take *take, void *context);

/* Appends the bytes; writes only when the room is full. */
void writer_span(struct writer *writer, struct span span);

/* Writes everything that was gathered. Returns the state. */
enum writer_state writer_flush(struct writer *writer);

/* Writes the rest and shuts down the sending side of a socket: the client sees the end while we still read. */
void writer_end(struct writer *writer);

/* Notes that a wait returned WAIT_GONE. */
void writer_lose(struct writer *writer);

/*
 * Waits until the client has acknowledged everything, at most `stall_ms`, and makes the kernel reset the connection
 * instead of closing it when the process ends. Does nothing if it is no TCP socket.
 */
void writer_reset(struct writer *writer);

/* Notes that a wait returned WAIT_STOP. */
void writer_stop(struct writer *writer);

#endif
