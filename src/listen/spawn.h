/*
 * A new process for a connection, cheaper than fork(2)'s.
 *
 * A process that waits with its stack where main() had it, and with a vdso, drags page tables along for each: 36 kB of
 * them in the least program that forks (tests/bench/floor.c). This one is born on a small stack among the program's own
 * data, and gets no copy of the rest: 12 kB (VmPTE of a streaming child, both static musl).
 */
#ifndef LISTEN_SPAWN_H
#define LISTEN_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

enum { SPAWN_STACK = 64 * 1024 };

/* Where a new process begins. It must not return to whoever spawned it; its own return ends it, with exit code 0. */
typedef void spawn_run(void *argument);

/*
 * Takes our stack, and what the kernel maps beside it, from all processes that are spawned from now on: they must find
 * what they need in static memory, and not in the environment or the arguments either. Where the kernel refuses, they
 * get a copy as ever.
 */
void spawn_prepare(void);

/*
 * A process that begins with run(argument), on the `stack` of SPAWN_STACK bytes, aligned to a page, which is the same
 * for all: each has its own copy. `argument`, of `size` bytes, 512 at the most, is copied there. Returns its id, or -1
 * with errno set.
 */
pid_t spawn_process(char *stack, spawn_run *run, const void *argument, size_t size);

#endif
