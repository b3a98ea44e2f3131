/*
 * Replaces src/base/clock.c and src/base/wait.c. Waits return at once and move the clock to their deadline, so a stream
 * of one hour takes no time.
 */
#ifndef FAKES_H
#define FAKES_H

#include "base/wait.h"

/* The time on the monotonic clock, ns. */
extern int64_t fake_now;

/* What a wait does. Default: fake_wait_due(). */
extern enum wait (*fake_wait)(int fd, short events, int64_t deadline);

/* Moves the clock to `deadline`. Returns WAIT_STOP for a wait without a deadline. */
enum wait fake_wait_due(int fd, short events, int64_t deadline);

#endif
