/*
 * One stream, read as fast as it comes. Of most reads only the length is taken, since a reader that looked at every
 * byte would be what is measured; in one read of 16 the events are counted, and the others are taken to be as dense.
 */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    LOOKED_AT = 16,      /* one read of so many */
    UNSEEN = 256 * 1024, /* bytes that are passed over at a time */
};

struct flow {
    uint64_t bytes, seen, events; /* of them all; that were looked at; that ended in those */
};

static void look(int fd, struct flow *flow)
{
    static char bytes[65536];
    ssize_t length = recv(fd, bytes, sizeof bytes, 0);
    if (length <= 0)
        give_up("the stream ended");
    for (ssize_t i = 1; i < length; i++)
        flow->events += bytes[i] == '\n' && bytes[i - 1] == '\n';
    flow->bytes += (uint64_t)length;
    flow->seen += (uint64_t)length;
}

/* tcp(7): with MSG_TRUNC, bytes are dropped instead of copied. */
static void pass_over(int fd, struct flow *flow)
{
    ssize_t length = recv(fd, NULL, UNSEEN, MSG_TRUNC);
    if (length <= 0)
        give_up("the stream ended");
    flow->bytes += (uint64_t)length;
}

int flood(const struct load *load, int64_t seconds)
{
    char head[4096];
    struct flow flow = {0};
    int fd = ask(load, 0);
    ssize_t length = recv(fd, head, sizeof head - 1, 0);
    if (length <= 0 || !is_ok(head, (size_t)length)) {
        head[length > 0 ? length : 0] = '\0';
        fprintf(stderr, "%.*s\n", 12, head);
        return 2;
    }
    int64_t began = now();
    for (uint64_t reads = 0; now() - began < seconds * SECOND; reads++)
        (reads % LOOKED_AT == 0 ? look : pass_over)(fd, &flow);
    double taken = (double)(now() - began) / SECOND;
    double dense = flow.seen > 0 ? (double)flow.events / (double)flow.seen : 0;
    printf("flood_bytes %.0f\nflood_events %.0f\n", (double)flow.bytes / taken, dense * (double)flow.bytes / taken);
    return 0;
}
