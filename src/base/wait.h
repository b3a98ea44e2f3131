/*
 * Waiting: the only place where a connection's process sleeps, and the only place where it can be told to stop.
 *
 * SIGTERM and SIGINT are blocked everywhere else (wait_prepare()) and let in for the length of a wait, so a stop is
 * never lost and never interrupts anything. Their handler does nothing: a wait that was interrupted is the message.
 */
#ifndef BASE_WAIT_H
#define BASE_WAIT_H

#include <stdint.h>

enum wait {
    WAIT_READY,    /* the descriptor can be read or written, or will say at once why not */
    WAIT_DEADLINE, /* the time has come */
    WAIT_GONE,     /* nobody is at the other end; a peer that only finished sending is still there */
    WAIT_STOP,     /* SIGTERM or SIGINT: said once, the caller remembers */
};

/*
 * Blocks SIGTERM and SIGINT and gives them their handler; ignores SIGPIPE; has children reaped as usual, whatever our
 * parent ignored. Call once, first of all.
 */
void wait_prepare(void);

/*
 * Waits for `events` (POLLIN, POLLOUT, or 0: only for the peer's going) on `fd`, no longer than until `deadline`, a
 * time on the monotonic clock in ns, or NEVER.
 */
enum wait wait_for(int fd, short events, int64_t deadline);

/* Rests until then, or less if a signal comes. An order to stop is not let in: the next wait_for() hears it. */
void wait_until(int64_t deadline);

#endif
