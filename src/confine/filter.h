/*
 * The system calls that are left (seccomp(2)). filter.c has the table, with the reason for each.
 */
#ifndef CONFINE_FILTER_H
#define CONFINE_FILTER_H

#include <stdbool.h>

/*
 * From here on this process, and those it forks, may do only what the table says; anything else kills them (SIGSYS).
 * `listens`: accepting, forking and reaping are allowed as well. Needs no_new_privs. False, errno set, if the kernel
 * does not do it; ENOSYS too where no filter is known for the machine, or the program is built to be confined loosely
 * (kernel.h).
 */
bool filter_install(bool listens);

#endif
