/*
 * Each attempt gets the next ticket and any free place. If no place is free, the key with the most attempts gives up
 * its oldest one: a key with many attempts cannot push out those of others. A writer clears the place's ticket first
 * and sets it last.
 *
 * Any process may have written what we read. So indexes are taken modulo the size, and attempts go through
 * attempt_mend() after they are copied, when no other process can change them.
 */
#include "scoreboard/journal.h"

#include "base/clock.h"
#include "scoreboard/file.h"
#include "scoreboard/keys.h"
#include "scoreboard/lock.h"

#include <string.h>

/* If the file is cut short later, scoreboard_recover() maps private memory there, so writing stays safe. */
static struct journal *open_journal(struct scoreboard *scoreboard)
{
    return scoreboard_is_whole(scoreboard) && lock_take(scoreboard) ? &scoreboard->file->journal : NULL;
}

static bool close_journal(struct scoreboard *scoreboard)
{
    lock_release(scoreboard);
    return scoreboard_is_whole(scoreboard);
}

static uint64_t ticket_at(const struct journal *journal, size_t place)
{
    return atomic_load_explicit(&journal->tickets[place], memory_order_relaxed);
}

static size_t owner_at(const struct journal *journal, size_t place)
{
    return atomic_load_explicit(&journal->owners[place], memory_order_relaxed) % LIMIT_KEYS;
}

/* Larger than all others, even if damage made `last` smaller. If damage made one too large, all attempts go. */
static uint64_t next_ticket(struct journal *journal)
{
    uint64_t last = atomic_load(&journal->last);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        if (ticket_at(journal, i) > last)
            last = ticket_at(journal, i);
    if (last == UINT64_MAX) {
        last = 0;
        for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
            atomic_store(&journal->tickets[i], 0);
    }
    atomic_store(&journal->last, last + 1);
    return last + 1;
}

/* Returns the place of the ticket, or LIMIT_ATTEMPTS. */
static size_t find_ticket(const struct journal *journal, uint64_t ticket)
{
    size_t place = ticket == 0 ? LIMIT_ATTEMPTS : 0;
    while (place < LIMIT_ATTEMPTS && ticket_at(journal, place) != ticket)
        place++;
    return place;
}

/* Counts the attempts of each key, with a new one of `owner`. */
static void count_held(struct journal *journal, size_t owner)
{
    memset(journal->held, 0, sizeof journal->held);
    journal->held[owner] = 1;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        journal->held[owner_at(journal, i)]++;
}

/* Returns the place of the oldest attempt of the key that has the most. Of several such keys, the oldest of all. */
static size_t find_surplus(struct journal *journal, size_t owner)
{
    size_t best = 0;
    uint16_t most = 0;
    count_held(journal, owner);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        uint16_t held = journal->held[owner_at(journal, i)];
        if (held > most || (held == most && ticket_at(journal, i) < ticket_at(journal, best))) {
            most = held;
            best = i;
        }
    }
    return best;
}

static void enter_attempt(struct journal *journal, size_t place, const struct attempt *attempt, size_t owner)
{
    atomic_store(&journal->tickets[place], 0);
    lock_fence();
    memcpy(&journal->attempts[place], attempt, sizeof *attempt);
    atomic_store(&journal->owners[place], (uint16_t)owner);
    lock_fence();
    atomic_store(&journal->tickets[place], attempt->ticket);
}

bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, bool counts, uint64_t *ticket)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    *ticket = attempt->ticket = next_ticket(journal);
    size_t owner = keys_use(journal, attempt->key, *ticket);
    attempt->number = 0;
    attempt->since_before = -1;
    if (counts)
        attempt->number = keys_count(journal, owner, clock_monotonic(), &attempt->since_before);
    size_t place = 0;
    while (place < LIMIT_ATTEMPTS && ticket_at(journal, place) != 0)
        place++;
    enter_attempt(journal, place < LIMIT_ATTEMPTS ? place : find_surplus(journal, owner), attempt, owner);
    return close_journal(scoreboard);
}

/* Sets `end` last: attempt_mend() ignores the rest until then. */
static void write_outcome(struct outcome *entered, const struct outcome *outcome)
{
    entered->status = outcome->status;
    entered->bytes = outcome->bytes;
    entered->events = outcome->events;
    entered->duration = outcome->duration;
    entered->closed_after = outcome->closed_after;
    lock_fence();
    entered->end = outcome->end;
}

void journal_end(struct scoreboard *scoreboard, uint64_t ticket, const struct outcome *outcome)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    size_t place = find_ticket(journal, ticket);
    if (place < LIMIT_ATTEMPTS)
        write_outcome(&journal->attempts[place].outcome, outcome);
    (void)close_journal(scoreboard);
}

void journal_note_close(struct scoreboard *scoreboard, uint64_t ticket, int64_t closed_after)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    size_t place = find_ticket(journal, ticket);
    if (place < LIMIT_ATTEMPTS)
        journal->attempts[place].outcome.closed_after = closed_after;
    (void)close_journal(scoreboard);
}

/* Attempts go first, then the count: after a death between them no two attempts have the same number. */
bool journal_forget(struct scoreboard *scoreboard, const char *key)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        if (strncmp(journal->attempts[i].key, key, LIMIT_KEY) == 0)
            atomic_store(&journal->tickets[i], 0);
    lock_fence();
    keys_forget(journal, key);
    return close_journal(scoreboard);
}

/* Returns the number of attempts copied. */
static size_t copy_attempts(const struct journal *journal, struct attempt *attempts)
{
    size_t count = 0;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        uint64_t ticket = ticket_at(journal, i);
        if (ticket == 0)
            continue;
        memcpy(&attempts[count], &journal->attempts[i], sizeof *attempts);
        attempts[count++].ticket = ticket;
    }
    return count;
}

/* Removes damaged attempts and, unless the key is NULL, those of other keys. Returns how many are left. */
static size_t keep_attempts_of(struct attempt *attempts, size_t count, const char *key)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!attempt_mend(&attempts[i]) || (key != NULL && strcmp(attempts[i].key, key) != 0))
            continue;
        if (kept != i)
            memcpy(&attempts[kept], &attempts[i], sizeof *attempts);
        kept++;
    }
    return kept;
}

/* Selection sort, which moves few attempts: they are large and nearly in order. */
static void sort_by_ticket(struct attempt *attempts, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        size_t first = i;
        for (size_t j = i + 1; j < count; j++)
            if (attempts[j].ticket < attempts[first].ticket)
                first = j;
        if (first == i)
            continue;
        struct attempt later = attempts[i];
        attempts[i] = attempts[first];
        attempts[first] = later;
    }
}

bool journal_read(struct scoreboard *scoreboard, const char *key, struct attempt *attempts, size_t *count)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    *count = copy_attempts(journal, attempts);
    bool whole = close_journal(scoreboard);
    *count = keep_attempts_of(attempts, *count, key);
    sort_by_ticket(attempts, *count);
    return whole;
}
