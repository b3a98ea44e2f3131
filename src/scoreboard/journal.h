/*
 * The journal in the shared file. It counts the attempts of each key and method, and keeps LIMIT_ATTEMPTS of them. When
 * one too many begins, the key that has the most loses its oldest; if no key has more than LIMIT_FAIR_ATTEMPTS, the
 * oldest of all goes. A process that calls none of these functions touches
 * no page of it.
 *
 * One process at a time changes the journal, for less than a tenth of a millisecond. It may be killed between any two
 * instructions. Even then no number is given twice, and an attempt is either complete or absent. A number is skipped
 * only if the process that took it died before it learned the number.
 *
 * The caller must hold no slot: call journal_begin() before scoreboard_claim(), and journal_end() after
 * scoreboard_leave(). Each function waits for other processes, LIMIT_JOURNAL_MS at most.
 */
#ifndef SCOREBOARD_JOURNAL_H
#define SCOREBOARD_JOURNAL_H

#include "scoreboard/attempt.h"
#include "scoreboard/details.h"
#include "scoreboard/handle.h"

/*
 * Enters an attempt that begins now. `attempt` comes from attempt_start(), with what the client sent filled in, and
 * `details` from details_take_...(). If it `counts`, sets its number and since_before; a preflight does not count and
 * gets number 0. Leaves out the details if the disk is full. Sets *entry. Returns false, with `why`, if there is no
 * file, it is lost, or the journal stays locked. The attempt may have been counted even then.
 */
bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, const struct details *details, bool counts,
                   struct journal_entry *entry);

/*
 * Records how the attempt ended; outcome->end is not ATTEMPT_END_RUNNING. Does nothing if the attempt made room for a
 * newer one or was forgotten. If the journal stays locked, the attempt remains a running one.
 */
void journal_end(struct scoreboard *scoreboard, struct journal_entry entry, const struct outcome *outcome);

/*
 * Records that the client of a running attempt sends no more, `closed_after` ns after the request arrived. Does nothing
 * in the same cases as journal_end().
 */
void journal_note_close(struct scoreboard *scoreboard, struct journal_entry entry, int64_t closed_after);

/* Removes the attempts of the key and its counts. Returns false, with `why`, like journal_begin(). */
bool journal_forget(struct scoreboard *scoreboard, const char *key);

/*
 * Sets *count and the first elements of `entries`, which has LIMIT_ATTEMPTS, to all attempts, oldest first. Returns
 * false, with `why`, like journal_begin().
 */
bool journal_list(struct scoreboard *scoreboard, struct journal_entry *entries, size_t *count);

/*
 * Copies an attempt that journal_list() found. Waits for nobody. If it is running, its outcome has the progress so far.
 * Returns false if the attempt is of another key than `key` (NULL: any), is damaged, or has left the journal since.
 */
bool journal_copy(const struct scoreboard *scoreboard, const struct journal_entry *entry, const char *key,
                  struct attempt *attempt, struct details *details);

#endif
