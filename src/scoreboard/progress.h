/*
 * The bytes and events that a running attempt has sent so far, for /log. Its process writes them directly into the
 * shared file, without the lock and without a system call. No function fails.
 */
#ifndef SCOREBOARD_PROGRESS_H
#define SCOREBOARD_PROGRESS_H

#include "scoreboard/attempt.h"
#include "scoreboard/handle.h"

struct journal; /* the layout: file.h */

struct progress {
    struct journal_entry entry;
    uint64_t words[2]; /* as written last */
    bool lost;         /* the attempt is no longer in the journal, or the words were damaged: nothing more is written */
};

/* The progress of an attempt that has just begun. If the ticket is 0, progress_note() does nothing. */
struct progress progress_open(struct journal_entry entry);

/* Stores the bytes and events so far. Never changes the progress of another attempt. */
void progress_note(struct scoreboard *scoreboard, struct progress *progress, uint64_t bytes, uint64_t events);

/* For the journal, while it holds the lock: sets the progress at `place` to nothing, for the attempt with this ticket.
 */
void progress_reset(struct journal *journal, size_t place, uint64_t ticket);

/* For the journal: sets the bytes and events of a running attempt. They stay unchanged if the words are not its own. */
void progress_read(const struct journal *journal, const struct journal_entry *entry, struct outcome *outcome);

#endif
