/*
 * The table of keys and their numbers of attempts, counted for each method apart. Only journal.c uses it, while it
 * holds the journal's lock.
 *
 * A process may die between any two instructions. Then a count has its old or its new value, and a name is complete or
 * absent. Damage by other processes is harmless to us.
 */
#ifndef SCOREBOARD_KEYS_H
#define SCOREBOARD_KEYS_H

#include "scoreboard/file.h"

/*
 * Returns the place of the key `name`, below LIMIT_KEYS. A new key takes a free place, or replaces the least recently
 * used key. `ticket` grows with every call.
 */
size_t keys_use(struct journal *journal, const char *name, uint64_t ticket);

/*
 * Counts an attempt of the key at `place` with this method; `now` is monotonic, ns. Returns the attempt's number, from
 * 1. Sets *since to the ns since the previous attempt with this key and method began, or to -1 if there was none.
 *
 * Each common method has a count of its own, and so have the first KEYS_OTHERS - 1 other methods of a key. Further ones
 * share a count.
 */
uint64_t keys_count(struct journal *journal, size_t place, const char *method, int64_t now, int64_t *since);

/* Removes the key; its next attempt is number 1. */
void keys_forget(struct journal *journal, const char *name);

#endif
