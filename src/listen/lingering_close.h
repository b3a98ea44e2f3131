/*
 * Clients that are turned away: each gets a short answer, and time to read it.
 */
#ifndef LISTEN_LINGERING_CLOSE_H
#define LISTEN_LINGERING_CLOSE_H

#include "base/limits.h"
#include "base/span.h"

/* Connections that have had their answer and wait to be closed, oldest first. */
struct lingering_close {
    size_t first, count;
    struct {
        int fd;
        int64_t deadline; /* monotonic, ns */
    } waiting[LIMIT_LINGERING_CLOSES];
};

/*
 * Sends `answer` and ends our side. The connection, which is this function's from here on, is closed a second later, or
 * once there are too many: closed at once, with the client's request unread, it would be reset, and the answer lost.
 */
void lingering_close_send(struct lingering_close *lingering_close, int fd, struct span answer);

/* Closes what is due. Returns for how long there is nothing to do, ms; -1: until the next lingering_close_send(). */
int lingering_close_expire(struct lingering_close *lingering_close);

/* Writes the descriptors that wait to `fds`, for a new process to close its copies. Returns how many,
 * LIMIT_LINGERING_CLOSES at the most. */
int lingering_close_descriptors(const struct lingering_close *lingering_close, int *fds);

#endif
