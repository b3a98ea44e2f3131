/* Turning clients away without keeping them waiting, nor ourselves. What cannot be sent at once is not sent. */
#include "listen/farewell.h"

#include "base/clock.h"
#include "base/limits.h"

#include <sys/socket.h>
#include <unistd.h>

static void close_first(struct farewell *farewell)
{
    char ignored[4096];
    int fd = farewell->waiting[farewell->first].fd;
    int reads = 16; /* what is read cannot cause a reset; nobody may keep us reading */
    while (reads > 0 && recv(fd, ignored, sizeof ignored, MSG_DONTWAIT) > 0)
        reads--;
    (void)close(fd);
    farewell->first = (farewell->first + 1) % FAREWELLS;
    farewell->count--;
}

void farewell_send(struct farewell *farewell, int fd, struct span answer)
{
    (void)send(fd, answer.at, answer.length, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    if (farewell->count == FAREWELLS)
        close_first(farewell);
    size_t last = (farewell->first + farewell->count++) % FAREWELLS;
    farewell->waiting[last].fd = fd;
    farewell->waiting[last].due = clock_monotonic() + LIMIT_LINGER_MS * NS_PER_MS;
}

int farewell_close(struct farewell *farewell)
{
    int64_t now = farewell->count > 0 ? clock_monotonic() : 0;
    while (farewell->count > 0 && farewell->waiting[farewell->first].due <= now)
        close_first(farewell);
    if (farewell->count == 0)
        return -1;
    return (int)((farewell->waiting[farewell->first].due - now) / NS_PER_MS) + 1;
}

int farewell_descriptors(const struct farewell *farewell, int *fds)
{
    for (size_t i = 0; i < farewell->count; i++)
        fds[i] = farewell->waiting[(farewell->first + i) % FAREWELLS].fd;
    return (int)farewell->count;
}
