/*
 * The processes that a listener has forked and not yet reaped.
 */
#ifndef DOOR_CHILDREN_H
#define DOOR_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct children {
    size_t count;
    pid_t *table; /* open addressing by process id, 0 is empty */
};

/*
 * Makes an empty table, in memory that forked processes do not get: each of them would otherwise keep a copy of every
 * page that changes here after its birth. False, errno set, if there is no memory.
 */
bool children_open(struct children *children);

/* There is room for LIMIT_CONNECTIONS; false beyond that. */
bool children_add(struct children *children, pid_t child);

/* Does nothing for a process that is not there. */
void children_remove(struct children *children, pid_t child);

/* Sends `signal` to each. */
void children_signal(const struct children *children, int signal);

#endif
