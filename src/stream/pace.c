/* Waiting for times, and for nothing. A wait fails only as its client does: by going. */
#include "stream/pace.h"

#include "base/clock.h"
#include "base/wait.h"

#include <poll.h>

struct pace pace_open(struct out *out, const struct plan *plan, uint64_t seed)
{
    return (struct pace){
        .out = out,
        .noise = noise_open(seed),
        .jitter = (uint32_t)plan_number(plan, P_JITTER),
    };
}

int64_t pace_vary(struct pace *pace, int64_t ns)
{
    return pace->jitter > 0 ? noise_vary(&pace->noise, ns, pace->jitter) : ns;
}

bool pace_until(struct pace *pace, int64_t due)
{
    switch (wait_for(pace->out->fd, 0, due)) {
    case WAIT_STOP:
        out_stop(pace->out);
        return false;
    case WAIT_GONE:
        out_lose(pace->out);
        return false;
    default:
        return true;
    }
}

bool pace_for(struct pace *pace, int64_t ns)
{
    return ns == 0 || pace_until(pace, clock_monotonic() + pace_vary(pace, ns));
}

/*
 * A client that closes while nothing is sent to it looks like one that has finished sending: so that counts as going,
 * unless it had finished before.
 * unless it had finished before. The first look may be the one that is told to stop, or that the client has gone.
 */
void pace_hang(struct pace *pace)
{
    int fd = pace->out->fd;
    int64_t due = clock_monotonic() + LIMIT_HANG_MS * NS_PER_MS;
    enum wait seen = wait_for(fd, POLLRDHUP, 0);
    if (seen == WAIT_READY || seen == WAIT_DUE)
        seen = wait_for(fd, seen == WAIT_READY ? 0 : POLLRDHUP, due);
    if (seen == WAIT_STOP)
        out_stop(pace->out);
    else if (seen != WAIT_DUE)
        out_lose(pace->out);
}

bool pace_goes_on(struct pace *pace)
{
    return pace_until(pace, 0);
}
