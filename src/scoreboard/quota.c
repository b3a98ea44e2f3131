/* The quota of keys. Damaged counts last until they are counted again. */
#include "scoreboard/quota.h"

#include "scoreboard/lock.h"

#include <string.h>

enum { HELD_TRUSTED = 256 }; /* attempts, until `held` is counted again */

static size_t owner_at(const struct journal *journal, size_t place)
{
    return atomic_load_explicit(&journal->owners[place], memory_order_relaxed) % LIMIT_KEYS;
}

/*
 * Makes `held` right, and notes that it will not be right until quota_close(). Counting again for each attempt would
 * take most of the time under the lock. It is done after a process died in between, and sometimes because of damage.
 */
static void open_held(struct journal *journal, uint64_t ticket)
{
    bool is_right = atomic_load(&journal->counted) == ticket - 1 && ticket % HELD_TRUSTED != 0;
    atomic_store(&journal->counted, 0);
    lock_fence();
    if (is_right)
        return;
    memset(journal->held, 0, sizeof journal->held);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        if (scoreboard_ticket(journal, i) != 0)
            journal->held[owner_at(journal, i)]++;
}

void quota_close(struct journal *journal, uint64_t ticket)
{
    lock_fence();
    atomic_store(&journal->counted, ticket);
}

/*
 * Of several keys that have the most, it takes the one with the oldest attempt. If few attempts did not count alike, a
 * key with two would have the most among many keys with one, and lose its first to its second.
 */
size_t quota_surplus(const struct journal *journal)
{
    size_t best = 0;
    uint64_t oldest = UINT64_MAX;
    unsigned most = LIMIT_FAIR_ATTEMPTS;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        unsigned held = journal->held[owner_at(journal, i)];
        held = held > LIMIT_FAIR_ATTEMPTS ? held : LIMIT_FAIR_ATTEMPTS;
        if (held < most)
            continue;
        uint64_t ticket = scoreboard_ticket(journal, i);
        if (held == most && ticket >= oldest)
            continue;
        most = held;
        oldest = ticket;
        best = i;
    }
    return best;
}

size_t quota_place(struct journal *journal, size_t room, size_t owner, uint64_t ticket)
{
    open_held(journal, ticket);
    journal->held[owner]++;
    if (room < LIMIT_ATTEMPTS)
        return room;
    room = quota_surplus(journal);
    journal->held[owner_at(journal, room)]--;
    return room;
}
