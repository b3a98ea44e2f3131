/* Turning clients away without keeping them waiting, nor ourselves. What cannot be sent at once is not sent. */
#include "door/farewell.h"

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
    farewell->first = (farewell->first + 1) % (sizeof farewell->waiting / sizeof *farewell->waiting);
    farewell->count--;
}

void farewell_send(struct farewell *farewell, int fd, struct span answer)
{
    size_t room = sizeof farewell->waiting / sizeof *farewell->waiting;
    (void)send(fd, answer.at, answer.length, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    if (farewell->count == room)
        close_first(farewell);
    size_t last = (farewell->first + farewell->count++) % room;
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

void farewell_forget(struct farewell *farewell)
{
    size_t room = sizeof farewell->waiting / sizeof *farewell->waiting;
    for (size_t i = 0; i < farewell->count; i++)
        (void)close(farewell->waiting[(farewell->first + i) % room].fd);
    farewell->count = 0;
}
