/*
 * Each attempt gets the next ticket and any free place. If no place is free, the key with the most attempts gives up
 * its oldest one: a key with many attempts cannot push out those of others. Among keys with at most
 * LIMIT_FAIR_ATTEMPTS, the oldest attempt of all goes. A writer clears the place's ticket first and sets it last.
 *
 * Any process may have written what we read. So indexes are taken modulo the size, and attempts go through
 * attempt_mend() after they are copied, when no other process can change them.
 */
#include "scoreboard/journal.h"

#include "base/clock.h"
#include "scoreboard/file.h"
#include "scoreboard/keys.h"
#include "scoreboard/lock.h"
#include "scoreboard/progress.h"

#include <string.h>

enum { HELD_TRUSTED = 256 }; /* attempts, until `held` is counted anew */

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

/* Removes all attempts if damage has made a ticket too large. */
static void forget_all(struct journal *journal)
{
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
        uint64_t ticket = ticket_at(journal, i);
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
    return entry->ticket != 0 && entry->place < LIMIT_ATTEMPTS && ticket_at(journal, entry->place) == entry->ticket;
}

/*
 * Makes `held` right, and notes that it will not be until keep_held(). To count anew for each attempt would take most
 * of the time under the lock. It is done after a process died in between, and from time to time because of damage.
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
        if (ticket_at(journal, i) != 0)
            journal->held[owner_at(journal, i)]++;
}

static void keep_held(struct journal *journal, uint64_t ticket)
{
    lock_fence();
    atomic_store(&journal->counted, ticket);
}

/*
 * Returns the place of the oldest attempt of the key that has the most. Of several such keys, the oldest of all. Keys
 * with few attempts count alike: with many keys, one that has two attempts would otherwise lose its first to its
 * second.
 */
static size_t find_surplus(const struct journal *journal)
{
    size_t best = 0;
    uint16_t most = 0;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        uint16_t held = journal->held[owner_at(journal, i)];
        held = held > LIMIT_FAIR_ATTEMPTS ? held : LIMIT_FAIR_ATTEMPTS;
        if (held > most || (held == most && ticket_at(journal, i) < ticket_at(journal, best))) {
            most = held;
            best = i;
        }
    }
    return best;
}

/* Returns the place for a new attempt of `owner`: `room`, or if that is none, the place of another one. */
static size_t choose_place(struct journal *journal, size_t room, size_t owner, uint64_t ticket)
{
    open_held(journal, ticket);
    journal->held[owner]++;
    if (room < LIMIT_ATTEMPTS)
        return room;
    room = find_surplus(journal);
    journal->held[owner_at(journal, room)]--;
    return room;
}

/* The fences are for journal_copy(), which reads without the lock: it sees the ticket change if it sees the rest
 * change. */
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

/*
 * Makes it safe to write the details to `place`, or leaves them out. `allocated` saves the system call the next time.
 * If it is damaged, only a full disk makes the write fail, and scoreboard_recover() survives that.
 */
static void reserve_details(const struct scoreboard *scoreboard, size_t place, struct attempt *attempt)
{
    uint16_t *allocated = &scoreboard->file->journal.allocated[place];
    size_t at = offsetof(struct scoreboard_file, journal.details) + place * sizeof(struct details);
    size_t size = details_size(attempt);
    if (size <= *allocated)
        return;
    if (scoreboard_file_allocate(scoreboard->fd, at, size))
        *allocated = (uint16_t)size;
    else
        attempt->fields_size = attempt->body_kept = attempt->target_size = 0;
}

bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, const struct details *details, bool counts,
                   struct journal_entry *entry)
{
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
    size_t place = choose_place(journal, room, owner, attempt->ticket);
    reserve_details(scoreboard, place, attempt);
    enter_attempt(journal, place, attempt, details, owner);
    keep_held(journal, attempt->ticket);
    *entry = (struct journal_entry){attempt->ticket, (uint32_t)place};
    return close_journal(scoreboard);
}

/* Sets `end` last: attempt_mend() ignores the rest until then. journal_copy() reads it first. */
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

/* Inserts `entry` into the heap below `root`, whose place is free. */
static void sift_down_entry(struct journal_entry *entries, size_t root, size_t count, struct journal_entry entry)
{
    for (size_t child; (child = root * 2 + 1) < count; root = child) {
        if (child + 1 < count && entries[child].ticket < entries[child + 1].ticket)
            child++;
        if (entry.ticket >= entries[child].ticket)
            break;
        entries[root] = entries[child];
    }
    entries[root] = entry;
}

/* Heap sort: status.c says why. */
static void sort_by_ticket(struct journal_entry *entries, size_t count)
{
    for (size_t root = count / 2; root > 0; root--)
        sift_down_entry(entries, root - 1, count, entries[root - 1]);
    for (size_t left = count; left > 1; left--) {
        struct journal_entry last = entries[left - 1];
        entries[left - 1] = entries[0];
        sift_down_entry(entries, 0, left - 1, last);
    }
}

bool journal_list(struct scoreboard *scoreboard, struct journal_entry *entries, size_t *count)
{
    struct journal *journal = open_journal(scoreboard);
    if (journal == NULL)
        return false;
    *count = 0;
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        entries[*count] = (struct journal_entry){ticket_at(journal, i), (uint32_t)i};
        *count += entries[*count].ticket != 0;
    }
    bool whole = close_journal(scoreboard);
    sort_by_ticket(entries, *count);
    return whole;
}

/*
 * Copies what the place holds. Another process may change it meanwhile. `end` is read first: if it says that the
 * attempt ended, the outcome is complete.
 */
static void copy_place(const struct journal *journal, size_t place, struct attempt *attempt)
{
    enum attempt_end end = *(const volatile enum attempt_end *)&journal->attempts[place].outcome.end;
    atomic_thread_fence(memory_order_acquire);
    memcpy(attempt, &journal->attempts[place], sizeof *attempt);
    attempt->outcome.end = end;
}

bool journal_copy(const struct scoreboard *scoreboard, const struct journal_entry *entry, const char *key,
                  struct attempt *attempt, struct details *details)
{
    const struct journal *journal = scoreboard->file != NULL ? &scoreboard->file->journal : NULL;
    if (journal == NULL || !has_entry(journal, entry))
        return false;
    atomic_thread_fence(memory_order_acquire);
    if (key != NULL && strncmp(journal->attempts[entry->place].key, key, LIMIT_KEY) != 0)
        return false;
    copy_place(journal, entry->place, attempt);
    attempt->ticket = entry->ticket;
    if (!attempt_mend(attempt) || (key != NULL && strcmp(attempt->key, key) != 0))
        return false;
    if (details_size(attempt) > 0)
        memcpy(details, &journal->details[entry->place], details_size(attempt));
    if (attempt->outcome.end == ATTEMPT_END_RUNNING)
        progress_read(journal, entry, &attempt->outcome);
    atomic_thread_fence(memory_order_acquire);
    return has_entry(journal, entry);
}
