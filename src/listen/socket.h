/*
 * Making and tuning sockets.
 */
#ifndef LISTEN_SOCKET_H
#define LISTEN_SOCKET_H

#include "listen/address.h"

/* Returns a listening socket at `address`. Returns -1 and sets errno if that fails. */
int socket_listen(const struct address *address);

/*
 * Sends small writes at once, and breaks a connection if its client acknowledges nothing for `gone_ms`. `fd` is a
 * connection, or a listening socket, whose connections inherit this. Does nothing if it is no TCP socket.
 */
void socket_tune(int fd, int64_t gone_ms);

#endif
