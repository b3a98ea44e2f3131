/*
 * The name of the client, for the log and the scoreboard.
 */
#ifndef LISTEN_PEER_H
#define LISTEN_PEER_H

#include "base/limits.h"

#include <sys/socket.h>

/* Printable ASCII without spaces, quotes and backslashes. */
struct peer {
    char name[LIMIT_PEER];
};

/* The peer whose address accept(2) returned; "pid-N" if it is no internet address. */
struct peer peer_of_address(const struct sockaddr_storage *socket);

/*
 * The peer of an inherited descriptor, from the first of these that is known:
 * 1. REMOTE_HOST and REMOTE_PORT, both set, if the descriptor is a socket connected from 127.0.0.1.
 * 2. The peer's address, if the descriptor is an internet socket.
 * 3. The address that a super-server has put into the environment.
 * 4. "pid-N".
 */
struct peer peer_of_descriptor(int fd);

#endif
