/*
 * Clients that are turned away: each gets a short answer, and time to read it.
 */
#ifndef DOOR_FAREWELL_H
#define DOOR_FAREWELL_H

#include "base/span.h"

/* Connections that have had their answer and wait to be closed, oldest first. */
struct farewell {
    size_t first, count;
    struct {
        int fd;
        int64_t due; /* monotonic, ns */
    } waiting[32];
};

/*
 * Sends `answer` and ends our side. The connection, which is this function's from here on, is closed a second later, or
 * once there are too many: closed at once, with the client's request unread, it would be reset, and the answer lost.
 */
void farewell_send(struct farewell *farewell, int fd, struct span answer);

/* Closes what is due. Returns for how long there is nothing to do, ms; -1: until the next farewell_send(). */
int farewell_close(struct farewell *farewell);

/* In a forked process: closes its copies of them all, and nothing else happens to them. */
void farewell_forget(struct farewell *farewell);

#endif
