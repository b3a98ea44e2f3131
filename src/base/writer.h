/*
 * The way to the client: the only place that writes to one that is being served.
 *
 * Bytes are gathered and leave together, one write per writer_flush() unless there are more than LIMIT_WRITER. A client
 * that takes nothing for `stall_ms` is given up; one that is gone is found out. Both are for good: every later call
 * returns the same at once, so a caller may look at the end.
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

struct writer {
    int fd;
    bool is_socket;
    bool stopping;   /* told to stop: what is left has LIMIT_STOP_MS from then on */
    int64_t stop_by; /* monotonic, once stopping */
    int64_t stall_ms;
    enum writer_state state;
    bool was_reset; /* with WRITER_GONE: the client broke the connection off, rather than close it */
    struct text text;
    char bytes[LIMIT_WRITER];
};

/* `fd` stays the caller's. */
void writer_open(struct writer *writer, int fd, bool is_socket, int64_t stall_ms);

/* Gathers; writes only when there is no room left. */
void writer_span(struct writer *writer, struct span span);

/* Writes all that was gathered. */
enum writer_state writer_flush(struct writer *writer);

/* Writes what is left and ends our side of a socket, so that the client sees the end while we still read. */
void writer_end(struct writer *writer);

/* A wait has found that the client is gone. */
void writer_lose(struct writer *writer);

/*
 * Waits until the client has all that was written, for as long as it may take to read, and has a socket reset instead
 * of closed when the process ends. Does nothing to what is no TCP socket.
 */
void writer_reset(struct writer *writer);

/* The process was told to stop; remembered here because a wait says it only once. */
void writer_stop(struct writer *writer);

#endif
