/*
 * The lock is eight bytes: the holder's thread id, which is a robust futex like a slot's owner word, then the
 * complement of that id. It is held only if both match:
 *
 *   0, 0                       free
 *   THREAD, ~THREAD            held
 *   THREAD|OWNER_DIED, ...     the kernel marked the holder as dead: counts as free
 *   anything else              another process wrote to the file: counts as free
 *
 * Waiting processes sleep and look again; sleeping on the futex would need one more system call in the sandbox. The
 * lock is held for a few microseconds, so waiting is rare. If a holder is stopped (SIGSTOP), the others give up.
 */
#include "scoreboard/lock.h"

#include "base/clock.h"
#include "base/wait.h"
#include "scoreboard/file.h"

#include <string.h>

/*
 * The first and the longest sleep, ns. Each sleep is twice as long as the previous one: short waits end soon, and a
 * thousand waiting processes leave the processor to the holder.
 */
enum { REST_LEAST = 50 * 1000, REST_MOST = 200 * 1000 * 1000 };

static uint64_t held_by(uint32_t thread)
{
    const uint32_t halves[2] = {thread, ~thread};
    uint64_t word;
    memcpy(&word, halves, sizeof word);
    return word;
}

static bool is_locked(uint64_t word)
{
    uint32_t halves[2];
    memcpy(halves, &word, sizeof word);
    return halves[0] != 0 && (halves[0] & FUTEX_OWNER_DIED) == 0 && halves[1] == ~halves[0];
}

static bool try_lock(struct scoreboard *scoreboard)
{
    _Atomic uint64_t *lock = &scoreboard->file->journal.lock;
    uint64_t word = atomic_load(lock);
    if (is_locked(word))
        return false;
    scoreboard_aim(scoreboard, lock);
    if (atomic_compare_exchange_strong(lock, &word, held_by(scoreboard->self)))
        return true;
    scoreboard_aim(scoreboard, NULL);
    return false;
}

bool lock_take(struct scoreboard *scoreboard)
{
    if (!scoreboard_enter(scoreboard))
        return false;
    if (try_lock(scoreboard))
        return true;
    int64_t now = clock_monotonic();
    int64_t rest = REST_LEAST + REST_LEAST * (scoreboard->self % 64) / 64; /* so that not all wake at the same time */
    for (int64_t end = now + LIMIT_JOURNAL_MS * NS_PER_MS; now < end; now = clock_monotonic()) {
        wait_until(now + rest < end ? now + rest : end);
        if (try_lock(scoreboard))
            return true;
        rest = rest * 2 < REST_MOST ? rest * 2 : REST_MOST;
    }
    scoreboard_set_why(scoreboard, "the journal of the shared file is locked by another process");
    return false;
}

void lock_release(struct scoreboard *scoreboard)
{
    uint64_t word = held_by(scoreboard->self);
    (void)atomic_compare_exchange_strong(&scoreboard->file->journal.lock, &word, 0);
    scoreboard_aim(scoreboard, NULL);
}
