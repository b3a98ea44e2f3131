/*
 * Our own front door: accepts connections and forks a process for each. It never learns what is spoken on them.
 */
#ifndef DOOR_LISTENER_H
#define DOOR_LISTENER_H

#include "base/span.h"
#include "door/address.h"
#include "door/peer.h"

/* Serves the connection `fd` in a process of its own, which ends when this returns. */
typedef void door_serve(void *context, int fd, const struct peer *peer);

struct listener {
    const int *sockets; /* listening, the caller's */
    int count;
    door_serve *serve;
    void *context;
    struct span busy; /* sent to a client that no process can be had for */
    int64_t end_ms;   /* to end after so long without a connection; 0: never */
};

/* A listening socket at `address`. -1, errno set, if it cannot be had. */
int listener_open(const struct address *address);

/*
 * Sets what every connection needs: small writes leave at once, and a client that acknowledges nothing for `gone_ms` is
 * gone. For a connection, or for a listening socket, whose connections inherit it. Does nothing to what is no TCP
 * socket.
 */
void socket_tune(int fd, int64_t gone_ms);

/*
 * Accepts until SIGTERM or SIGINT, or for want of clients, then ends the children (SIGTERM; SIGKILL for what is left
 * after two seconds) and returns an exit code. Call wait_prepare() before.
 */
int listener_run(const struct listener *listener);

#endif
