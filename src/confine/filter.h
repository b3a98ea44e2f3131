/*
 * The system call filter (seccomp(2)). The table in filter.c has the reason for each call.
 */
#ifndef CONFINE_FILTER_H
#define CONFINE_FILTER_H

#include <stdbool.h>

/*
 * After this call, this process and its children may only make the calls of the table; any other kills them (SIGSYS).
 * `listens`: they may also accept, spawn and reap. Needs PR_SET_NO_NEW_PRIVS. Returns false and sets errno if the
 * kernel refuses; ENOSYS if there is no filter for this machine.
 */
bool filter_install(bool listens);

#endif
