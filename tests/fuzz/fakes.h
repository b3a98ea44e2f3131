/*
 * In place of src/base/clock.c and src/base/wait.c: time that passes only while somebody waits, and waits that return
 * at once. So a stream of an hour takes no time.
 */
#ifndef FAKES_H
#define FAKES_H

#include "base/wait.h"

/* The time on the monotonic clock, ns. */
extern int64_t fake_now;

/* What a wait does; fake_wait_due() unless the target sets another. */
extern enum wait (*fake_wait)(int fd, short events, int64_t deadline);

/* Moves the clock to `deadline`; a wait for ever is told to stop. */
enum wait fake_wait_due(int fd, short events, int64_t deadline);

#endif
