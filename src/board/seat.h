/*
 * The seats of the shared file: who holds one, and what stands in it. For this folder alone; `board->self` is our
 * thread id throughout.
 */
#ifndef BOARD_SEAT_H
#define BOARD_SEAT_H

#include "board/board.h"
#include "board/file.h"

uint32_t seat_self(void);

/* Has the kernel mark the seat that we hold when we end. False if it does not do that. */
bool seat_guard(struct board *board);

/*
 * The owner word that the kernel looks at when we end: a seat's, or the journal's lock; NULL: none. Set before we take
 * it, and cleared after we have given it back.
 */
void seat_aim(struct board *board, void *word);

/* Becomes the holder of a seat that is free or dead; false if somebody lives in it. It is no client's until
 * seat_fill(). */
bool seat_take(struct board *board, struct seat *seat);

/* The same for any seat. Returns its number, or SEAT_FULL. */
int seat_take_any(struct board *board);

/* Puts board->entry into a seat that we took: from here on it is a client's. */
void seat_fill(struct board *board, size_t seat);

/* Frees a seat that we hold. */
void seat_give_up(struct board *board, size_t seat);

/*
 * Visits the seats that are taken: frees those whose holder died, copies the others to `clients` unless that is NULL,
 * sets board->damaged if one makes no sense. Returns how many were copied.
 */
size_t seat_visit(struct board *board, struct client *clients);

#endif
