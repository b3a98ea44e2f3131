/*
 * Waiting: while a connection is served, its process sleeps only here, and is told to stop only here.
 *
 * SIGTERM and SIGINT are blocked except during a wait, so no stop is lost and no other call is interrupted. Their
 * handler does nothing: an interrupted wait is the message.
 */
#ifndef BASE_WAIT_H
#define BASE_WAIT_H

#include <stdint.h>

enum wait {
    WAIT_READY,    /* a read or write returns at once, perhaps with an error; with POLLRDHUP: the peer sends no more */
    WAIT_DEADLINE, /* the deadline has passed */
    WAIT_GONE,     /* the peer has closed the connection; not if it only finished sending */
    WAIT_STOP,     /* SIGTERM or SIGINT; reported once, so the caller must remember it */
};

/* Blocks SIGTERM and SIGINT, sets their handler, and ignores SIGPIPE. Call once, before anything else. */
void wait_prepare(void);

/*
 * Waits until `fd` has one of `events` (POLLIN, POLLOUT, POLLRDHUP; 0: until the peer is gone), but no longer than
 * `deadline` (monotonic, ns, or CLOCK_NEVER).
 */
enum wait wait_for(int fd, short events, int64_t deadline);

/* Sleeps until `deadline`. SIGTERM and SIGINT stay blocked: the next wait_for() reports them. */
void wait_until(int64_t deadline);

#endif
