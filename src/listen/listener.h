/*
 * The listener: accepts connections and spawns a process for each. It knows nothing about HTTP.
 */
#ifndef LISTEN_LISTENER_H
#define LISTEN_LISTENER_H

#include "base/span.h"
#include "listen/peer.h"

/* Serves the connection `fd`, in a new process that ends when this returns. */
typedef void listener_serve(void *context, int fd, const struct peer *peer);

struct listener {
    const int *sockets; /* listening; the caller owns them */
    int count;
    listener_serve *serve;
    void (*confine)(void *context,
                    uint64_t kill_key); /* called once, when everything is open, before the first connection */
    void *context;                      /* in static memory: listen/spawn.h says why */
    char *stack;                        /* in static memory, SPAWN_STACK bytes from the start of a page */
    size_t most;                        /* connections at a time, at most LIMIT_CONNECTIONS */
    size_t most_per_source;             /* connections from one source at a time */
    struct span busy;                   /* the response if there is no process for the client */
    struct span crowded;                /* the response if the source has `most_per_source` */
    int64_t end_ms;                     /* return after this time without a connection; 0: never */
};

/*
 * Accepts until SIGTERM, SIGINT, or `end_ms` without a client. Then ends the children (SIGTERM, and SIGKILL after
 * LIMIT_STOP_CHILDREN_MS) and returns an exit code. Call wait_prepare() before.
 */
int listener_run(const struct listener *listener);

#endif
