/*
 * Our own front door: accepts connections and forks a process for each. It never learns what is spoken on them.
 */
#ifndef LISTEN_LISTENER_H
#define LISTEN_LISTENER_H

#include "base/span.h"
#include "listen/peer.h"

/* Serves the connection `fd` in a process of its own, which ends when this returns. */
typedef void listener_serve(void *context, int fd, const struct peer *peer);

struct listener {
    const int *sockets; /* listening, the caller's */
    int count;
    listener_serve *serve;
    void (*confine)(void *context,
                    uint64_t kill_key); /* called once all is there that listening needs, before the first connection */
    void *context;                      /* static memory: see spawn.h */
    char *stack;                        /* likewise, SPAWN_STACK bytes, aligned to a page */
    size_t most;                        /* connections at a time, LIMIT_CONNECTIONS at the most */
    size_t most_per_source;             /* from one address */
    struct span busy;                   /* the answer to a client that no process can be had for */
    struct span crowded;                /* the answer to one whose address has as many as it may */
    int64_t end_ms;                     /* to end after so long without a connection; 0: never */
};

/*
 * Accepts until SIGTERM or SIGINT, or for want of clients, then ends the children (SIGTERM; SIGKILL for what is left
 * after two seconds) and returns an exit code. Call wait_prepare() before.
 */
int listener_run(const struct listener *listener);

#endif
