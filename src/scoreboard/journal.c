/*
 * The journal's entries: a ring. Every attempt has a ticket, one more than the one before it, and its place is the
 * ticket modulo LIMIT_ATTEMPTS. An entry's own ticket is taken away first and put in last; one whose ticket is not
 * among the latest, or does not belong where it stands, is none.
 *
 * Whatever is read here may have been written by anybody: indexes are taken modulo the size, and entries are mended
 * once they are copied, when nobody can change them any more.
 */
#include "scoreboard/journal.h"

#include "base/clock.h"
#include "scoreboard/file.h"
#include "scoreboard/keys.h"
#include "scoreboard/lock.h"

#include <string.h>

/* Lost meanwhile, it is memory of our own, which is as good to write to. */
static struct journal *open_journal(struct scoreboard *scoreboard)
{
    return scoreboard_is_whole(scoreboard) && lock_take(scoreboard) ? &scoreboard->file->journal : NULL;
}

static bool close_journal(struct scoreboard *scoreboard)
{
    lock_release(scoreboard);
    return scoreboard_is_whole(scoreboard);
}

static uint64_t next_ticket(struct journal *journal)
{
    uint64_t ticket = atomic_load(&journal->last) + 1;
    if (ticket == 0) /* nobody has counted that far; and 0 is no ticket */
        ticket = 1;
    atomic_store(&journal->last, ticket);
    return ticket;
}

static struct journal_entry *entry_of(struct journal *journal, uint64_t ticket)
{
    return &journal->entries[ticket % LIMIT_ATTEMPTS];
}

static bool has_ticket(const struct journal_entry *entry, uint64_t ticket)
{
    return ticket != 0 && atomic_load(&entry->ticket) == ticket;
}

static void enter_attempt(struct journal_entry *entry, const struct attempt *attempt, uint64_t ticket)
{
    atomic_store(&entry->ticket, 0);
    lock_fence();
    memcpy(&entry->attempt, attempt, sizeof *attempt);
    lock_fence();
    atomic_store(&entry->ticket, ticket);
}

bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, bool counts, uint64_t *ticket)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    *ticket = next_ticket(journal);
    attempt->number = 0;
    attempt->since_before = -1;
    if (counts)
        attempt->number = keys_count(journal, attempt->key, *ticket, clock_monotonic(), &attempt->since_before);
    enter_attempt(entry_of(journal, *ticket), attempt, *ticket);
    return close_journal(scoreboard);
}

/* The end is what makes the rest of it true: see attempt_mend(). */
static void write_outcome(struct outcome *entered, const struct outcome *outcome)
{
    entered->status = outcome->status;
    entered->bytes = outcome->bytes;
    entered->events = outcome->events;
    entered->duration = outcome->duration;
    lock_fence();
    entered->end = outcome->end;
}

void journal_end(struct scoreboard *scoreboard, uint64_t ticket, const struct outcome *outcome)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    struct journal_entry *entry = entry_of(journal, ticket);
    if (has_ticket(entry, ticket))
        write_outcome(&entry->attempt.outcome, outcome);
    (void)close_journal(scoreboard);
}

/* The entries before the count: who dies between leaves a gap in the journal, and not two attempts of one number. */
bool journal_forget(struct scoreboard *scoreboard, const char *key)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        if (strncmp(journal->entries[i].attempt.key, key, LIMIT_KEY) == 0)
            atomic_store(&journal->entries[i].ticket, 0);
    lock_fence();
    keys_forget(journal, key);
    return close_journal(scoreboard);
}

/* From the oldest that may be there to the latest. Returns how many were copied. */
static size_t copy_entries(struct journal *journal, struct attempt *attempts)
{
    size_t count = 0;
    uint64_t ticket = atomic_load(&journal->last) - LIMIT_ATTEMPTS;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        struct journal_entry *entry = entry_of(journal, ++ticket);
        if (has_ticket(entry, ticket))
            memcpy(&attempts[count++], &entry->attempt, sizeof *attempts);
    }
    return count;
}

/* Leaves those that are attempts, under the key or at all. Returns how many. */
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

bool journal_read(struct scoreboard *scoreboard, const char *key, struct attempt *attempts, size_t *count)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    *count = copy_entries(journal, attempts);
    bool whole = close_journal(scoreboard);
    *count = keep_attempts_of(attempts, *count, key);
    return whole;
}
