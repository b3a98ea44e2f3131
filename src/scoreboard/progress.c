/*
 * A word is a part of the ticket and a count. A process checks the whole ticket, then replaces the word only if it is
 * the one that it wrote last (compare and exchange). So if the place has a new attempt, its word stays: it would have
 * to get the same part of a ticket, and the same count, between the check and the exchange.
 */
#include "scoreboard/progress.h"

#include "scoreboard/file.h"

enum { COUNT_BITS = 44, TICKET_BITS = 64 - COUNT_BITS };

#define COUNT_MOST ((UINT64_C(1) << COUNT_BITS) - 1)

/* A count that does not fit stays at the largest: 16 TiB. */
static uint64_t word_of(uint64_t ticket, uint64_t count)
{
    return ticket << COUNT_BITS | (count < COUNT_MOST ? count : COUNT_MOST);
}

struct progress progress_open(struct journal_entry entry)
{
    uint64_t word = word_of(entry.ticket, 0);
    return (struct progress){.entry = entry, .words = {word, word}, .lost = entry.ticket == 0};
}

static bool exchange_word(struct journal *journal, const struct progress *progress, size_t which, uint64_t word)
{
    size_t place = progress->entry.place;
    uint64_t before = progress->words[which];
    return atomic_load_explicit(&journal->tickets[place], memory_order_relaxed) == progress->entry.ticket &&
           atomic_compare_exchange_strong_explicit(&journal->progress[place][which], &before, word,
                                                   memory_order_relaxed, memory_order_relaxed);
}

void progress_note(struct scoreboard *scoreboard, struct progress *progress, uint64_t bytes, uint64_t events)
{
    const uint64_t counts[2] = {bytes, events};
    for (size_t i = 0; i < 2 && !progress->lost; i++) {
        uint64_t word = word_of(progress->entry.ticket, counts[i]);
        if (word == progress->words[i])
            continue;
        progress->lost = scoreboard->file == NULL || !exchange_word(&scoreboard->file->journal, progress, i, word);
        progress->words[i] = word;
    }
}

void progress_reset(struct journal *journal, size_t place, uint64_t ticket)
{
    for (size_t i = 0; i < 2; i++)
        atomic_store(&journal->progress[place][i], word_of(ticket, 0));
}

static void read_word(const struct journal *journal, const struct journal_entry *entry, size_t which, uint64_t *count)
{
    uint64_t word = atomic_load_explicit(&journal->progress[entry->place][which], memory_order_relaxed);
    if (word >> COUNT_BITS == (entry->ticket & ((UINT64_C(1) << TICKET_BITS) - 1)))
        *count = word & COUNT_MOST;
}

void progress_read(const struct journal *journal, const struct journal_entry *entry, struct outcome *outcome)
{
    read_word(journal, entry, 0, &outcome->bytes);
    read_word(journal, entry, 1, &outcome->events);
}
