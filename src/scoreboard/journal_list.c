/*
 * Nothing here takes the lock: a reader that is stopped would keep all others waiting. A writer clears the place's
 * ticket first and sets it last, so a copy is complete if the place has the same ticket before and after. Any process
 * may have written what we read: attempts go through attempt_mend() after they are copied.
 */
#include "scoreboard/journal_list.h"

#include "scoreboard/file.h"
#include "scoreboard/progress.h"

#include <string.h>

static bool has_listed(const struct journal *journal, const struct journal_entry *entry)
{
    return scoreboard_ticket(journal, entry->place) == entry->ticket;
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

bool journal_list_take(struct scoreboard *scoreboard, struct journal_entry *entries, size_t *count)
{
    size_t listed = 0;
    if (!scoreboard_is_whole(scoreboard))
        return false;
    const struct journal *journal = &scoreboard->file->journal;
    for (uint32_t i = 0; i < LIMIT_ATTEMPTS; i++) {
        uint64_t ticket = scoreboard_ticket(journal, i);
        if (ticket != 0)
            entries[listed++] = (struct journal_entry){ticket, i};
    }
    sort_by_ticket(entries, listed);
    *count = listed;
    return scoreboard_is_whole(scoreboard);
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

bool journal_list_copy(const struct scoreboard *scoreboard, const struct journal_entry *entry, const char *key,
                       struct attempt *attempt, struct details *details)
{
    const struct journal *journal = scoreboard->file != NULL ? &scoreboard->file->journal : NULL;
    if (journal == NULL || !has_listed(journal, entry))
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
    return has_listed(journal, entry);
}
