/*
 * Clients that are turned away: each gets a short response, and time to read it (RFC 9112, 9.6).
 */
#ifndef LISTEN_LINGERING_CLOSE_H
#define LISTEN_LINGERING_CLOSE_H

#include "base/limits.h"
#include "base/span.h"

/* Connections that have their response and wait to be closed, oldest first. */
struct lingering_close {
    size_t first, count;
    struct {
        int fd;
        int64_t deadline; /* monotonic, ns */
    } waiting[LIMIT_LINGERING_CLOSES];
};

/*
 * Sends `answer` and shuts down our side. Takes over `fd`, and closes it after LIMIT_LINGER_MS, or earlier if more than
 * LIMIT_LINGERING_CLOSES wait. Closing at once, with the client's request unread, would reset the connection, and the
 * client might lose the response.
 */
void lingering_close_send(struct lingering_close *lingering_close, int fd, struct span answer);

/* Closes the connections whose time is over. Returns the time until the next one, ms; -1 if none waits. */
int lingering_close_expire(struct lingering_close *lingering_close);

/* Writes the waiting descriptors to `fds`, for a child to close. Returns how many, at most LIMIT_LINGERING_CLOSES. */
int lingering_close_descriptors(const struct lingering_close *lingering_close, int *fds);

#endif
