/*
 * The slots of the shared file. Only scoreboard.c uses this, after scoreboard_enter(). Slots are numbered from 0 to
 * LIMIT_CLIENTS - 1.
 */
#ifndef SCOREBOARD_SLOT_H
#define SCOREBOARD_SLOT_H

#include "scoreboard/file.h"
#include "scoreboard/handle.h"

/*
 * Takes a slot that is free or whose holder died; false if a living process holds it. The slot shows no client until
 * slot_fill().
 */
bool slot_take(struct scoreboard *scoreboard, struct slot *slot);

/* Takes any slot. Returns its number, or SLOT_NONE. */
int slot_take_any(struct scoreboard *scoreboard);

/* Writes scoreboard->entry into a slot that we took. From now on the slot shows a client. */
void slot_fill(struct scoreboard *scoreboard, size_t slot);

/* Frees a slot that we hold. */
void slot_give_up(struct scoreboard *scoreboard, size_t slot);

/*
 * Visits the slots that are taken. Frees those whose holder died and those that are damaged, and copies the others to
 * `clients`, which has LIMIT_CLIENTS elements. Returns the number of clients copied.
 */
size_t slot_visit(struct scoreboard *scoreboard, struct client *clients);

/* Frees every slot that shows no client, whatever its bits and its owner word are. For a file without a free slot. */
void slot_sweep(struct scoreboard *scoreboard);

/* We hold the slot, and readers find it. */
bool slot_is_listed(const struct scoreboard *scoreboard, size_t slot);

#endif
