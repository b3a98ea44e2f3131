/*
 * The system call filter (seccomp(2)). The table in filter.c has the reason for each call.
 */
#ifndef CONFINE_FILTER_H
#define CONFINE_FILTER_H

#include "confine/kernel.h"

#include <stdbool.h>
#include <stdint.h>

/* The machine's AUDIT_ARCH_*. 0: no filter is known for it. */
#if defined __x86_64__ && defined __LP64__
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __AARCH64EL__
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#else
#define FILTER_ARCH 0
#endif

enum { FILTER_STEPS = 255 }; /* of the largest program; a jump reaches no further */

/*
 * Writes the program for filter_install() to `steps`, which has room for FILTER_STEPS. Returns its length; a larger
 * number means that it is not complete. Pure.
 */
unsigned filter_write(struct sock_filter *steps, bool listens, uint64_t kill_key, int shared_file);

/*
 * From here on this process, and those it forks, may make only the calls in the table. Any other call kills the process
 * (SIGSYS). With `listens` it may also accept, fork and reap. kill(2) is allowed only with `kill_key` as its third
 * argument, which the kernel ignores; 0: never. ftruncate(2)
 * and fallocate(2) are allowed only for the descriptor `shared_file`; -1: never. Needs no_new_privs. Returns false,
 * with errno set, if the kernel refuses; ENOSYS if no filter is known for this machine.
 */
bool filter_install(bool listens, uint64_t kill_key, int shared_file);

#endif
