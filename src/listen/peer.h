/*
 * Who the client is, as well as this process can know.
 */
#ifndef LISTEN_PEER_H
#define LISTEN_PEER_H

#include "base/limits.h"

#include <sys/socket.h>

/* A name: printable ASCII without space, quote or backslash. */
struct peer {
    char name[LIMIT_PEER];
};

/* The peer that accept(2) told of. */
struct peer peer_of_address(const struct sockaddr_storage *socket);

/*
 * The peer of an inherited descriptor: its address if it is an internet socket; else what the super-server put into the
 * environment; else "pid-N". Never fails.
 */
struct peer peer_of_descriptor(int fd);

#endif
