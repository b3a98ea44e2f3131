/* Waiting for a descriptor, a deadline, the end of the peer or a signal to stop. A failing poll counts as WAIT_GONE. */
#include "base/wait.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <time.h>

static void nothing(int signal)
{
    (void)signal;
}

void wait_prepare(void)
{
    struct sigaction handler = {.sa_handler = nothing};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    (void)sigprocmask(SIG_BLOCK, &stop, NULL);
    (void)sigaction(SIGTERM, &handler, NULL);
    (void)sigaction(SIGINT, &handler, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

static struct timespec time_left(int64_t deadline)
{
    int64_t left = deadline - clock_monotonic();
    if (left < 0)
        left = 0;
    return (struct timespec){.tv_sec = left / NS_PER_S, .tv_nsec = left % NS_PER_S};
}

void wait_until(int64_t deadline)
{
    struct timespec left = time_left(deadline);
    (void)ppoll(NULL, 0, &left, NULL);
}

/*
 * The kernel may end a poll late, by a thousandth of its wait, to end several with one interrupt. A timerfd would be
 * exact, but with 2,000 streams it took 35 us of CPU time for a message instead of 23.
 */
enum wait wait_for(int fd, short events, int64_t deadline)
{
    struct pollfd poll = {.fd = fd, .events = events};
    struct timespec left;
    sigset_t open;
    sigemptyset(&open);
    if (deadline != CLOCK_NEVER)
        left = time_left(deadline);
    int ready = ppoll(&poll, 1, deadline == CLOCK_NEVER ? NULL : &left, &open);
    if (ready == 0)
        return WAIT_DEADLINE;
    if (ready < 0)
        return errno == EINTR ? WAIT_STOP : WAIT_GONE;
    if ((events & (POLLIN | POLLOUT)) != 0) /* the read or write reports what is wrong */
        poll.revents &= ~(POLLERR | POLLHUP);
    return (poll.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0 ? WAIT_GONE : WAIT_READY;
}
