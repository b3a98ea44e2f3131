/* Waits of a stream, by base/wait. */
#include "stream/pace.h"

#include "base/clock.h"
#include "base/wait.h"

#include <poll.h>

static bool has_long_waits(const struct plan *plan)
{
    const int64_t least = LIMIT_KEEP_MS * NS_PER_MS / 2; /* jitter can double a wait */
    return waits_longest(plan_waits(plan, P_INTERVAL)) > least || (int64_t)plan_number(plan, P_DELAY) > least ||
           (int64_t)plan_number(plan, P_PAUSE) > least || waits_longest(plan_waits(plan, P_GAP)) > least;
}

struct pace pace_open(struct writer *writer, struct presence *presence, const struct plan *plan, uint64_t seed)
{
    struct pace pace = {
        .writer = writer,
        .presence = presence,
        .prng = prng_open(seed),
        .jitter = (uint32_t)plan_number(plan, P_JITTER),
        .has_long_waits = has_long_waits(plan),
    };
    if (plan_number(plan, P_END) == END_HANG)
        pace_look(&pace);
    return pace;
}

static int64_t vary(struct pace *pace, int64_t ns)
{
    return pace->jitter > 0 ? prng_vary(&pace->prng, ns, pace->jitter) : ns;
}

int64_t pace_after(struct pace *pace, struct waits *waits, int64_t due)
{
    return due + vary(pace, waits_next(waits));
}

int64_t pace_start(struct pace *pace)
{
    pace->due = clock_monotonic();
    return pace->due;
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

/*
 * Waits. Another process may have damaged our slot: a stream that waits long looks after it from time to time, and a
 * stream that does not looks at its next message. So most streams make no call more.
 */
static enum wait wait_and_keep_slot(struct pace *pace, short events, int64_t deadline)
{
    for (;;) {
        int64_t look = pace->has_long_waits ? clock_monotonic() + LIMIT_KEEP_MS * NS_PER_MS : deadline;
        enum wait wait = wait_for(pace->writer->fd, events, look < deadline ? look : deadline);
        if (wait != WAIT_DEADLINE || look >= deadline)
            return wait;
        presence_keep(pace->presence);
    }
}

/* Ends early, with WAIT_READY, when the client ends its sending side. Records that. */
static enum wait wait_for_half_close(struct pace *pace, int64_t deadline)
{
    enum wait wait = wait_and_keep_slot(pace, POLLRDHUP, deadline);
    if (wait == WAIT_READY) {
        pace->is_half_closed = true;
        presence_note_close(pace->presence);
    }
    return wait;
}

/* Once the client has ended its sending side, POLLRDHUP would end every wait at once. */
bool pace_until(struct pace *pace, int64_t deadline)
{
    if (deadline > pace->due)
        pace->due = deadline;
    if (!pace->is_half_closed) {
        enum wait wait = wait_for_half_close(pace, deadline);
        if (wait != WAIT_READY)
            return note_wait(pace, wait);
    }
    bool is_too_long = deadline - clock_monotonic() > LIMIT_HALF_CLOSED_MS * NS_PER_MS;
    return note_wait(pace, is_too_long ? WAIT_GONE : wait_and_keep_slot(pace, 0, deadline));
}

bool pace_for(struct pace *pace, int64_t ns)
{
    return ns == 0 || pace_until(pace, clock_monotonic() + vary(pace, ns));
}

bool pace_gap(struct pace *pace, struct waits *gaps)
{
    int64_t ns = waits_next(gaps);
    return ns == 0 || pace_until(pace, pace->due + vary(pace, ns));
}

void pace_look(struct pace *pace)
{
    if (!pace->is_half_closed)
        (void)note_wait(pace, wait_for_half_close(pace, 0));
}

/*
 * After the last bytes a client that ends its sending side counts as gone: nothing more is sent that would tell whether
 * it has closed. A client that had ended it before the last bytes is kept. If it had closed, it answers those bytes
 * with a reset.
 */
void pace_hang(struct pace *pace)
{
    int64_t deadline = clock_monotonic() + LIMIT_HANG_MS * NS_PER_MS;
    enum wait wait =
        pace->is_half_closed ? wait_for(pace->writer->fd, 0, deadline) : wait_for_half_close(pace, deadline);
    (void)note_wait(pace, wait == WAIT_READY ? WAIT_GONE : wait);
}
