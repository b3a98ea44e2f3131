/*
 * The way to the client: the only place that writes to one that is being served.
 *
 * Bytes are gathered and leave together, one write per out_flush() unless there are more than LIMIT_OUT. A client that
 * takes nothing for `stall_ms` is given up; one that is gone is found out. Both are for good: every later call returns
 * the same at once, so a caller may look at the end.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include "base/limits.h"
#include "base/text.h"

enum out_state {
    OUT_OPEN,
    OUT_GONE,    /* the client closed, or its connection broke */
    OUT_STALLED, /* the client read nothing for too long */
};

struct out {
    int fd;
    bool is_socket;
    bool stopping;   /* told to stop: what is left has LIMIT_STOP_MS from then on */
    int64_t stop_by; /* monotonic, once stopping */
    int64_t stall_ms;
    enum out_state state;
    bool was_reset; /* with OUT_GONE: the client broke the connection off, rather than close it */
    struct text text;
    char bytes[LIMIT_OUT];
};

/* `fd` stays the caller's. */
void out_open(struct out *out, int fd, bool is_socket, int64_t stall_ms);

/* Gathers; writes only when there is no room left. */
void out_span(struct out *out, struct span span);

/* Writes all that was gathered. */
enum out_state out_flush(struct out *out);

/* Writes what is left and ends our side of a socket, so that the client sees the end while we still read. */
void out_end(struct out *out);

/* A wait has found that the client is gone. */
void out_lose(struct out *out);

/*
 * Waits until the client has all that was written, for as long as it may take to read, and has a socket reset instead
 * of closed when the process ends. Does nothing to what is no TCP socket.
 */
void out_reset(struct out *out);

/* The process was told to stop; remembered here because a wait says it only once. */
void out_stop(struct out *out);

#endif
