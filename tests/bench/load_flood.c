/*
 * One stream, read as fast as possible. One read of 16 counts its events; the others only drop bytes, and are assumed
 * to hold as many events per byte. A reader that looked at every byte would measure itself.
 */
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
    LOOKED_AT = 16,      /* one read of 16 is examined */
    UNSEEN = 256 * 1024, /* at most this many bytes are dropped at a time */
};

struct flow {
    uint64_t bytes;  /* all */
    uint64_t seen;   /* examined */
    uint64_t events; /* in the examined bytes */
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

/* With MSG_TRUNC, the kernel drops the bytes instead of copying them (tcp(7)). */
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
