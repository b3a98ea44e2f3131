/*
 * Each attempt gets the next ticket and any free place; if there is none, that of an attempt that quota.c chooses. A
 * writer clears the place's ticket first and sets it last.
 *
 * Any process may have written what we read. So indexes are taken modulo the size.
 */
#include "scoreboard/journal.h"

#include "base/clock.h"
#include "scoreboard/file.h"
#include "scoreboard/keys.h"
#include "scoreboard/lock.h"
#include "scoreboard/progress.h"
#include "scoreboard/quota.h"

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

/* Removes all attempts if damage has made a ticket too large. What quota.c has counted is no longer true. */
static void forget_all(struct journal *journal)
{
    atomic_store(&journal->counted, UINT64_MAX);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        atomic_store(&journal->tickets[i], 0);
}

/*
 * Returns a ticket that is larger than all others, even if damage made `last` smaller. Sets *room to a free place, or
 * to LIMIT_ATTEMPTS.
 */
static uint64_t next_ticket(struct journal *journal, size_t *room)
{
    uint64_t last = atomic_load(&journal->last);
    *room = LIMIT_ATTEMPTS;
    for (size_t i = LIMIT_ATTEMPTS; i-- > 0;) {
        uint64_t ticket = scoreboard_ticket(journal, i);
        if (ticket > last)
            last = ticket;
        if (ticket == 0)
            *room = i;
    }
    if (last == UINT64_MAX) {
        forget_all(journal);
        last = *room = 0;
    }
    atomic_store(&journal->last, last + 1);
    return last + 1;
}

static bool has_entry(const struct journal *journal, const struct journal_entry *entry)
{
    return entry->ticket != 0 && entry->place < LIMIT_ATTEMPTS &&
           scoreboard_ticket(journal, entry->place) == entry->ticket;
}

/*
 * The fences are for journal_list_copy(), which reads without the lock: it sees the ticket change if it sees the rest
 * change.
 */
static void enter_attempt(struct journal *journal, size_t place, const struct attempt *attempt,
                          const struct details *details, size_t owner)
{
    atomic_store(&journal->tickets[place], 0);
    atomic_thread_fence(memory_order_seq_cst);
    memcpy(&journal->attempts[place], attempt, sizeof *attempt);
    if (details_size(attempt) > 0)
        memcpy(&journal->details[place], details, details_size(attempt));
    atomic_store(&journal->owners[place], (uint16_t)owner);
    progress_reset(journal, place, attempt->ticket);
    atomic_thread_fence(memory_order_seq_cst);
    atomic_store(&journal->tickets[place], attempt->ticket);
}

/* Writes to the page of a byte, and changes nothing. */
static void touch_page(void *at)
{
    (void)atomic_fetch_or((_Atomic unsigned char *)at, 0);
}

/*
 * Touches the pages that journal_begin() will probably use. The first time, a process has a page fault at each. Under
 * the lock, they would take most of the time.
 */
static void touch_pages(struct scoreboard *scoreboard, const char *key)
{
    struct journal *journal = scoreboard_is_whole(scoreboard) ? &scoreboard->file->journal : NULL;
    size_t place = 0;
    if (journal == NULL || scoreboard->has_touched)
        return;
    scoreboard->has_touched = true;
    while (place < LIMIT_ATTEMPTS && scoreboard_ticket(journal, place) != 0)
        place++;
    if (place == LIMIT_ATTEMPTS)
        place = quota_surplus(journal);
    keys_touch(journal, key);
    touch_page(&journal->lock);
    touch_page(&journal->owners[place]);
    touch_page(&journal->tickets[place]);
    touch_page(&journal->progress[place]);
    touch_page(&journal->attempts[place]);
}

/* Makes it safe to write the details to `place`, or leaves them out. */
static void reserve_details(const struct scoreboard *scoreboard, size_t place, struct attempt *attempt)
{
    size_t at = offsetof(struct scoreboard_file, journal.details) + place * sizeof(struct details);
    size_t size = details_size(attempt);
    if (size > 0 && !scoreboard_file_allocate(scoreboard->fd, &scoreboard->header, at, size))
        attempt->fields_size = attempt->body_kept = attempt->target_size = 0;
}

bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, const struct details *details, bool counts,
                   struct journal_entry *entry)
{
    touch_pages(scoreboard, attempt->key);
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    size_t room;
    attempt->ticket = next_ticket(journal, &room);
    size_t owner = keys_use(journal, attempt->key, attempt->ticket);
    attempt->number = 0;
    attempt->since_before = -1;
    if (counts)
        attempt->number = keys_count(journal, owner, attempt->method, clock_monotonic(), &attempt->since_before);
    size_t place = quota_place(journal, room, owner, attempt->ticket);
    reserve_details(scoreboard, place, attempt);
    enter_attempt(journal, place, attempt, details, owner);
    quota_close(journal, attempt->ticket);
    *entry = (struct journal_entry){attempt->ticket, (uint32_t)place};
    return close_journal(scoreboard);
}

/* Sets `end` last: attempt_mend() ignores the rest until then. journal_list_copy() reads it first. */
static void write_outcome(struct outcome *entered, const struct outcome *outcome)
{
    entered->status = outcome->status;
    entered->bytes = outcome->bytes;
    entered->events = outcome->events;
    entered->duration = outcome->duration;
    entered->closed_after = outcome->closed_after;
    atomic_thread_fence(memory_order_seq_cst);
    entered->end = outcome->end;
}

void journal_end(struct scoreboard *scoreboard, struct journal_entry entry, const struct outcome *outcome)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    if (has_entry(journal, &entry))
        write_outcome(&journal->attempts[entry.place].outcome, outcome);
    (void)close_journal(scoreboard);
}

void journal_note_close(struct scoreboard *scoreboard, struct journal_entry entry, int64_t closed_after)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return;
    if (has_entry(journal, &entry))
        journal->attempts[entry.place].outcome.closed_after = closed_after;
    (void)close_journal(scoreboard);
}

/* Attempts go first, then the count: after a death between them no two attempts have the same number. */
bool journal_forget(struct scoreboard *scoreboard, const char *key)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    atomic_store(&journal->counted, 0);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        if (strncmp(journal->attempts[i].key, key, LIMIT_KEY) == 0)
            atomic_store(&journal->tickets[i], 0);
    lock_fence();
    keys_forget(journal, key);
    return close_journal(scoreboard);
}
