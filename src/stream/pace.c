/* Waits of a stream, by base/wait. */
#include "stream/pace.h"

#include "base/clock.h"
#include "base/wait.h"

#include <poll.h>

struct pace pace_open(struct writer *writer, const struct plan *plan, uint64_t seed)
{
    struct pace pace = {
        .writer = writer,
        .prng = prng_open(seed),
        .jitter = (uint32_t)plan_number(plan, P_JITTER),
    };
    if (plan_number(plan, P_END) == END_HANG)
        pace_look(&pace);
    return pace;
}

int64_t pace_vary(struct pace *pace, int64_t ns)
{
    return pace->jitter > 0 ? prng_vary(&pace->prng, ns, pace->jitter) : ns;
}

/* Tells the writer why a wait ended. Returns false if there is nothing more to send. */
static bool note_wait(struct pace *pace, enum wait wait)
{
    if (wait == WAIT_STOP)
        writer_stop(pace->writer);
    if (wait == WAIT_GONE)
        writer_lose(pace->writer);
    return wait != WAIT_STOP && wait != WAIT_GONE;
}

bool pace_until(struct pace *pace, int64_t deadline)
{
    return note_wait(pace, wait_for(pace->writer->fd, 0, deadline));
}

bool pace_for(struct pace *pace, int64_t ns)
{
    return ns == 0 || pace_until(pace, clock_monotonic() + pace_vary(pace, ns));
}

void pace_look(struct pace *pace)
{
    enum wait wait = wait_for(pace->writer->fd, POLLRDHUP, 0);
    pace->had_finished = wait == WAIT_READY;
    (void)note_wait(pace, wait);
}

/*
 * While nothing is sent, a client that closes looks like one that only ends its sending side. So this counts as
 * closing, unless the client had already ended its sending side before the last bytes. A client that had closed by then
 * answers those bytes with a reset.
 */
void pace_hang(struct pace *pace)
{
    int64_t deadline = clock_monotonic() + LIMIT_HANG_MS * NS_PER_MS;
    enum wait wait = wait_for(pace->writer->fd, pace->had_finished ? 0 : POLLRDHUP, deadline);
    (void)note_wait(pace, wait == WAIT_READY ? WAIT_GONE : wait);
}
