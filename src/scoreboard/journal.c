/*
 * The entries are a ring. Each attempt gets the next ticket; its place is the ticket modulo LIMIT_ATTEMPTS. A writer
 * clears the entry's ticket first and sets it last. An entry is valid only if its ticket is one of the latest and
 * belongs to this place.
 *
 * Any process may have written what we read. So indexes are taken modulo the size, and entries go through
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

static uint64_t next_ticket(struct journal *journal)
{
    uint64_t ticket = atomic_load(&journal->last) + 1;
    if (ticket == 0) /* `last` was damaged, and 0 means: no ticket */
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
    struct journal_entry *entry = entry_of(journal, ticket);
    if (has_ticket(entry, ticket))
        write_outcome(&entry->attempt.outcome, outcome);
    (void)close_journal(scoreboard);
}

void journal_note_close(struct scoreboard *scoreboard, uint64_t ticket, int64_t closed_after)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    struct journal_entry *entry = entry_of(journal, ticket);
    if (has_ticket(entry, ticket))
        entry->attempt.outcome.closed_after = closed_after;
    (void)close_journal(scoreboard);
}

/* Entries go first, then the count: after a death between them no two entries have the same number. */
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

/* Copies from the oldest ticket in the ring to the latest. Returns the number of entries copied. */
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

/* Removes damaged entries and, unless the key is NULL, those of other keys. Returns how many are left. */
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
