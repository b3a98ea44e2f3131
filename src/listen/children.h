/*
 * The processes that a listener has forked and not yet reaped, and how many of them each address has.
 */
#ifndef LISTEN_CHILDREN_H
#define LISTEN_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

struct child {
    pid_t process;   /* 0: this place is empty */
    uint32_t source; /* where its client comes from */
};

struct children {
    size_t count;
    uint64_t key;        /* random: so that nobody can know whom he shares a source with */
    struct child *table; /* open addressing by process id */
    uint32_t *sources;   /* connections by source */
    uint64_t *kill_key;  /* the filter lets only kill(2) with this key through; 0: none */
};

/*
 * Makes an empty table, in memory that forked processes do not get: each of them would otherwise keep a copy of every
 * page that changes here after its birth. False, errno set, if there is no memory.
 */
bool children_open(struct children *children);

/*
 * Where a client comes from, as a number: its IPv4 address, or the first 64 bits of its IPv6 address, which is what one
 * subscriber has (RFC 6177). Two sources may share a number, one in 131,072.
 */
uint32_t children_source(const struct children *children, const struct sockaddr_storage *address);

/* There is room for LIMIT_CONNECTIONS; false beyond that. */
bool children_add(struct children *children, pid_t process, uint32_t source);

/* Does nothing for a process that is not there. */
void children_remove(struct children *children, pid_t process);

/* The key for confine_process(). 0 if there is none, because new processes would get a copy of it. */
uint64_t children_kill_key(const struct children *children);

/* Sends `signal` to each. Does nothing without a key. */
void children_signal(const struct children *children, int signal);

#endif
