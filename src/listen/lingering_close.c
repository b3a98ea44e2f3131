/* Turning clients away, without ever waiting for one. What the kernel does not take at once is not sent. */
#include "listen/lingering_close.h"

#include "base/clock.h"

#include <sys/socket.h>
#include <unistd.h>

static void close_first(struct lingering_close *lingering_close)
{
    char ignored[4096];
    int fd = lingering_close->waiting[lingering_close->first].fd;
    int reads = 16; /* what was read causes no reset; the bound is for clients that never stop sending */
    while (reads > 0 && recv(fd, ignored, sizeof ignored, MSG_DONTWAIT) > 0)
        reads--;
    (void)close(fd);
    lingering_close->first = (lingering_close->first + 1) % LIMIT_LINGERING_CLOSES;
    lingering_close->count--;
}

void lingering_close_send(struct lingering_close *lingering_close, int fd, struct span answer)
{
    (void)send(fd, answer.at, answer.length, MSG_DONTWAIT | MSG_NOSIGNAL);
    (void)shutdown(fd, SHUT_WR);
    if (lingering_close->count == LIMIT_LINGERING_CLOSES)
        close_first(lingering_close);
    size_t last = (lingering_close->first + lingering_close->count++) % LIMIT_LINGERING_CLOSES;
    lingering_close->waiting[last].fd = fd;
    lingering_close->waiting[last].deadline = clock_monotonic() + LIMIT_LINGER_MS * NS_PER_MS;
}

int lingering_close_expire(struct lingering_close *lingering_close)
{
    int64_t now = lingering_close->count > 0 ? clock_monotonic() : 0;
    while (lingering_close->count > 0 && lingering_close->waiting[lingering_close->first].deadline <= now)
        close_first(lingering_close);
    if (lingering_close->count == 0)
        return -1;
    return (int)((lingering_close->waiting[lingering_close->first].deadline - now) / NS_PER_MS) + 1;
}

int lingering_close_descriptors(const struct lingering_close *lingering_close, int *fds)
{
    for (size_t i = 0; i < lingering_close->count; i++)
        fds[i] = lingering_close->waiting[(lingering_close->first + i) % LIMIT_LINGERING_CLOSES].fd;
    return (int)lingering_close->count;
}
