/*
 * Sockets, as every connection needs them.
 */
#ifndef LISTEN_SOCKET_H
#define LISTEN_SOCKET_H

#include "listen/address.h"

/* A listening socket at `address`. -1, errno set, if it cannot be had. */
int socket_listen(const struct address *address);

/*
 * Sets what every connection needs: small writes leave at once, and a client that acknowledges nothing for `gone_ms` is
 * gone. For a connection, or for a listening socket, whose connections inherit it. Does nothing to what is no TCP
 * socket.
 */
void socket_tune(int fd, int64_t gone_ms);

#endif
