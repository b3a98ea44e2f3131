/*
 * The system call filter (seccomp(2)). The table in filter.c has the reason for each call.
 */
#ifndef CONFINE_FILTER_H
#define CONFINE_FILTER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * From here on this process, and those it forks, may make only the calls in the table. Any other call kills the process
 * (SIGSYS). With `listens` it may also accept, fork and reap. kill(2) is allowed only with `kill_key` as its third
 * argument, which the kernel ignores; 0: never. ftruncate(2)
 * and fallocate(2) are allowed only for the descriptor `shared_file`; -1: never. Needs no_new_privs. Returns false,
 * with errno set, if the kernel refuses; ENOSYS if no filter is known for this machine.
 */
bool filter_install(bool listens, uint64_t kill_key, int shared_file);

#endif
