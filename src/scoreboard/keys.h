/*
 * The table of keys: how many attempts each has had. For journal.c alone; all of it under the journal's lock.
 *
 * A process may end between any two lines, and others may have written anything into the table: a count is then that of
 * before or of after, a name is there or not.
 */
#ifndef SCOREBOARD_KEYS_H
#define SCOREBOARD_KEYS_H

#include "scoreboard/file.h"

/*
 * One more attempt under the name, in the place of the key that was used least recently if the name is new and all
 * places are taken. `ticket` grows from call to call, and `now` is on the monotonic clock. Returns its number, from 1
 * on; *since is how long ago, in ns, the one before it began, or -1.
 */
uint64_t keys_count(struct journal *journal, const char *name, uint64_t ticket, int64_t now, int64_t *since);

/* The name has had no attempts. */
void keys_forget(struct journal *journal, const char *name);

#endif
