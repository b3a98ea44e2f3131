/*
 * Landlock (landlock(7)): restricts files, network and signals.
 */
#ifndef CONFINE_LANDLOCK_H
#define CONFINE_LANDLOCK_H

#include <stdbool.h>

/*
 * After this call, this process and its children may only open files in the directory of `token_file` (NULL: none), for
 * reading. They may not bind or connect TCP sockets (ABI 4), and signal only each other (ABI 6). Open descriptors stay
 * open. Needs PR_SET_NO_NEW_PRIVS. Returns false and sets errno if the kernel has no Landlock.
 */
bool landlock_restrict(const char *token_file);

#endif
