/*
 * Reading the journal (journal.h): first the list of all attempts, then one attempt after the other. So a reader needs
 * memory for one attempt. It waits for nobody, and nobody waits for it. Each attempt was in the journal at some moment
 * during the call.
 */
#ifndef SCOREBOARD_JOURNAL_LIST_H
#define SCOREBOARD_JOURNAL_LIST_H

#include "scoreboard/attempt.h"
#include "scoreboard/details.h"
#include "scoreboard/handle.h"

/*
 * Sets *count and the first elements of `entries`, which has LIMIT_ATTEMPTS, to all attempts, oldest first. Returns
 * false, with `why`, if there is no file or it is lost.
 */
bool journal_list_take(struct scoreboard *scoreboard, struct journal_entry *entries, size_t *count);

/*
 * Copies an attempt that journal_list_take() found. If it is running, its outcome has the progress so
 * far. Returns false if the attempt is of another key than `key` (NULL: any), is damaged, or has left the journal
 * since.
 */
bool journal_list_copy(const struct scoreboard *scoreboard, const struct journal_entry *entry, const char *key,
                       struct attempt *attempt, struct details *details);

#endif
