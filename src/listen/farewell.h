/*
 * Clients that are turned away: each gets a short answer, and time to read it.
 */
#ifndef LISTEN_FAREWELL_H
#define LISTEN_FAREWELL_H

#include "base/span.h"

enum { FAREWELLS = 32 };

/* Connections that have had their answer and wait to be closed, oldest first. */
struct farewell {
    size_t first, count;
    struct {
        int fd;
        int64_t due; /* monotonic, ns */
    } waiting[FAREWELLS];
};

/*
 * Sends `answer` and ends our side. The connection, which is this function's from here on, is closed a second later, or
 * once there are too many: closed at once, with the client's request unread, it would be reset, and the answer lost.
 */
void farewell_send(struct farewell *farewell, int fd, struct span answer);

/* Closes what is due. Returns for how long there is nothing to do, ms; -1: until the next farewell_send(). */
int farewell_close(struct farewell *farewell);

/* Writes the descriptors that wait to `fds`, for a new process to close its copies. Returns how many, FAREWELLS at the
 * most. */
int farewell_descriptors(const struct farewell *farewell, int *fds);

#endif
