/*
 * The file system, the network and the other processes that are left (landlock(7)): next to none.
 */
#ifndef CONFINE_LANDLOCK_H
#define CONFINE_LANDLOCK_H

#include <stdbool.h>

/*
 * From here on this process, and those it forks, may open no file but those in the directory of `token_file` (NULL:
 * none at all), for reading; as far as the kernel goes, bind and connect no TCP socket, and signal nobody but each
 * other. Needs no_new_privs. What is open stays open. False, errno set, if the kernel has no Landlock.
 */
bool landlock_restrict(const char *token_file);

#endif
