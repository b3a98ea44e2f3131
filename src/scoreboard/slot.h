/*
 * The slots of the shared file: who holds one, and what stands in it. For this folder alone; `scoreboard->self` is our
 * thread id throughout.
 */
#ifndef SCOREBOARD_SLOT_H
#define SCOREBOARD_SLOT_H

#include "scoreboard/file.h"
#include "scoreboard/scoreboard.h"

uint32_t slot_self(void);

/* Has the kernel mark the slot that we hold when we end. False if it does not do that. */
bool slot_guard(struct scoreboard *scoreboard);

/*
 * The owner word that the kernel looks at when we end: a slot's, or the journal's lock; NULL: none. Set before we take
 * it, and cleared after we have given it back.
 */
void slot_aim(struct scoreboard *scoreboard, void *word);

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
