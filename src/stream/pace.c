/* Waiting for times, and for nothing. A wait fails only as its client does: by going. */
#include "stream/pace.h"

#include "base/clock.h"
#include "base/wait.h"
#include "stream/shape.h"

#include <poll.h>

struct pace pace_open(struct out *out, const struct plan *plan, uint64_t seed)
{
    struct pace pace = {
        .out = out,
        .noise = noise_open(seed),
        .jitter = (uint32_t)plan_number(plan, P_JITTER),
    };
    if (plan_number(plan, P_END) == END_HANG)
        pace_look(&pace);
    return pace;
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

void pace_look(struct pace *pace)
{
    pace->had_finished = false;
    switch (wait_for(pace->out->fd, POLLRDHUP, 0)) {
    case WAIT_STOP:
        out_stop(pace->out);
        return;
    case WAIT_READY:
        pace->had_finished = true;
        return;
    case WAIT_GONE:
        out_lose(pace->out);
        return;
    case WAIT_DUE:
        return;
    }
}

/*
 * A client that closes while nothing is sent to it looks like one that has finished sending: so that counts as going,
 * unless it had finished before the last bytes. Whoever had gone by then answers these with a reset.
 */
void pace_hang(struct pace *pace)
{
    int64_t due = clock_monotonic() + LIMIT_HANG_MS * NS_PER_MS;
    switch (wait_for(pace->out->fd, pace->had_finished ? 0 : POLLRDHUP, due)) {
    case WAIT_STOP:
        out_stop(pace->out);
        return;
    case WAIT_READY:
    case WAIT_GONE:
        out_lose(pace->out);
        return;
    case WAIT_DUE:
        return;
    }
}

bool pace_goes_on(struct pace *pace)
{
    return pace_until(pace, 0);
}
