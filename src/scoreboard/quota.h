/*
 * Which attempt makes room if the journal is full: the oldest of the key that has the most, so a key with many attempts
 * cannot push out those of others. Keys with at most LIMIT_FAIR_ATTEMPTS count alike, and then the oldest attempt of
 * all goes. Nothing fails.
 */
#ifndef SCOREBOARD_QUOTA_H
#define SCOREBOARD_QUOTA_H

#include "scoreboard/file.h"

/*
 * Returns the place for a new attempt with that ticket, of the key at `owner`: `room`, or if that is LIMIT_ATTEMPTS,
 * the place of another attempt. The caller holds the lock, enters the attempt, and then calls quota_close().
 */
size_t quota_place(struct journal *journal, size_t room, size_t owner, uint64_t ticket);

/* The place of the attempt that makes room next, by the counts as they are: any place if nothing was counted yet. */
size_t quota_surplus(const struct journal *journal);

/* The attempt with that ticket is entered: what quota_place() counted is true. */
void quota_close(struct journal *journal, uint64_t ticket);

#endif
