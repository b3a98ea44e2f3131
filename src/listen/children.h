/*
 * The processes that a listener has spawned and not yet reaped, and how many of them serve each source address.
 */
#ifndef LISTEN_CHILDREN_H
#define LISTEN_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

struct child {
    pid_t process;   /* 0: the place is empty */
    uint32_t source; /* of its client: children_source() */
};

struct children {
    size_t count;
    size_t unreaped;      /* connections since the last look for children that have ended */
    int64_t urgent_after; /* monotonic, ns: an urgent look is not made before */
    uint64_t key;         /* random, so that no client can choose a source that it shares with another */
    struct child *table;  /* open addressing by process id */
    uint32_t *sources;    /* connections by source */
    uint64_t *kill_key;   /* the filter lets only kill(2) with this key through; 0: none */
};

/*
 * Makes an empty table. Children do not get its memory: each would keep a copy of every page that changes after it was
 * spawned. Returns false and sets errno if there is no memory.
 */
bool children_open(struct children *children);

/*
 * Returns a number for the source of a client: its IPv4 address, or the first 64 bits of its IPv6 address, because one
 * subscriber has at least a /64 (RFC 6177). Two sources share a number with a probability of 1 in 131,072.
 */
uint32_t children_source(const struct children *children, const struct sockaddr_storage *address);

/* Returns false if there are LIMIT_CONNECTIONS. */
bool children_add(struct children *children, pid_t process, uint32_t source);

/* Ignores a process that is not in the table. */
void children_remove(struct children *children, pid_t process);

/* Whether a child's end arrives as SIGCHLD at a descriptor of signalfd(2). If not, the kernel ignores the signal. */
void children_watch(bool watch);

/*
 * Reaps the children that ended and, as the first process of a container, orphans. Does nothing, not even for orphans,
 * while there is no child.
 */
void children_reap(struct children *children);

/*
 * The same, if it is time for it. Call this for each connection. `urgent`: there is no room for it, unless a child has
 * ended. A look is a system call, in which the kernel goes through all children that run. So it is made after sixteen
 * connections, or one for every 64 children if that is more. An urgent one is made at once, but not within a
 * microsecond for each child after the last urgent one: 1 ms for 1,000.
 */
void children_reap_some(struct children *children, bool urgent);

/* The key for confine_process(). 0 if there is none, because new processes would get a copy of it. */
uint64_t children_kill_key(const struct children *children);

/* Sends `signal` to every child. Does nothing without a key. */
void children_signal(const struct children *children, int signal);

#endif
