/*
 * A new process for a connection, with less memory than one of fork(2).
 *
 * The usual stack and the vdso are far from the program's data, so each costs page tables: 36 kB in the smallest
 * program that forks (tests/bench/floor.c). These processes start on a small stack among the program's data and get no
 * copy of the rest: 12 kB (VmPTE of a streaming child, both static musl).
 */
#ifndef LISTEN_SPAWN_H
#define LISTEN_SPAWN_H

#include <stddef.h>
#include <sys/types.h>

/* Not whole pages: a stream uses less than its last page, so the rest of that page can hold what follows the stack. */
enum { SPAWN_STACK = 64 * 1024 - 512 };

/* What a new process runs. When it returns, the process ends with exit code 0. */
typedef void spawn_run(void *argument);

/*
 * Processes that are spawned after this call do not get our stack, with the environment and the arguments, nor the
 * vdso. They find everything in static memory. If the kernel refuses, they get a copy as with fork(2).
 */
void spawn_prepare(void);

/*
 * Starts a process that calls run(argument) on `stack`: SPAWN_STACK bytes from the start of a page. All processes may
 * have the same, since each gets its own copy. `argument`, of `size` bytes (at most 512), is copied there. Returns the
 * process id; -1 and sets errno if that fails.
 */
pid_t spawn_process(char *stack, spawn_run *run, const void *argument, size_t size);

#endif
