/*
 * The slots of the shared file: who holds one, and what stands in it. For this folder alone; `scoreboard->self` is our
 * thread id throughout.
 */
#ifndef SCOREBOARD_SLOT_H
#define SCOREBOARD_SLOT_H

#include "scoreboard/file.h"
#include "scoreboard/handle.h"

/* Becomes the holder of a slot that is free or dead; false if somebody lives in it. It is no client's until
 * slot_fill(). */
bool slot_take(struct scoreboard *scoreboard, struct slot *slot);

/* The same for any slot. Returns its number, or SLOT_FULL. */
int slot_take_any(struct scoreboard *scoreboard);

/* Puts scoreboard->entry into a slot that we took: from here on it is a client's. */
void slot_fill(struct scoreboard *scoreboard, size_t slot);

/* Frees a slot that we hold. */
void slot_give_up(struct scoreboard *scoreboard, size_t slot);

/*
 * Visits the slots that are taken: frees those whose holder died, copies the others to `clients` unless that is NULL,
 * sets scoreboard->damaged if one makes no sense. Returns how many were copied.
 */
size_t slot_visit(struct scoreboard *scoreboard, struct client *clients);

#endif
