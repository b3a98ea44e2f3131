/*
 * The journal: the attempts that clients made with a key, counted key by key, and the latest LIMIT_ATTEMPTS of all as
 * they went. It stands in the shared file, behind the slots; a process that never calls anything here never touches it.
 *
 * One process at a time works on it, for some microseconds, and a process may be killed at it between any two
 * instructions: then numbers are still never given twice, and an entry is there as a whole or not at all. A number is
 * left out only where the process that was to have it died before it was told.
 *
 * While it calls any of these functions a process must hold no slot: journal_begin() comes before scoreboard_claim(),
 * and journal_end() after scoreboard_leave(). Each waits for others, LIMIT_JOURNAL_MS at the most.
 */
#ifndef SCOREBOARD_JOURNAL_H
#define SCOREBOARD_JOURNAL_H

#include "scoreboard/attempt.h"
#include "scoreboard/handle.h"

/*
 * An attempt begins, now: counts it under its key, if it `counts`, and enters it; a preflight does not count, and is
 * number 0. attempt_start() has made it and the caller has filled
 * in what came; `number` and `since_before` are set here. *ticket is for journal_end(). False, with `why`, if there is
 * no file, it is lost, or the journal cannot be had; the attempt may or may not have been counted then.
 */
bool journal_begin(struct scoreboard *scoreboard, struct attempt *attempt, bool counts, uint64_t *ticket);

/*
 * It is over, like this; outcome->end is not ATTEMPT_END_RUNNING. Does nothing if its entry has fallen out or was
 * forgotten, or if the journal cannot be had: it then stays an attempt that runs.
 */
void journal_end(struct scoreboard *scoreboard, uint64_t ticket, const struct outcome *outcome);

/* The key has had no attempts, and the journal none of its entries. False, with `why`, as journal_begin(). */
bool journal_forget(struct scoreboard *scoreboard, const char *key);

/*
 * Copies the attempts under the key, or all if it is NULL, to `attempts`, which has room for LIMIT_ATTEMPTS, oldest
 * first. What somebody else has written over is left out. Sets *count; or returns false, with `why`, as
 * journal_begin().
 */
bool journal_read(struct scoreboard *scoreboard, const char *key, struct attempt *attempts, size_t *count);

#endif
