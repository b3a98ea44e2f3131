/*
 * The two places outside this process that it writes to, beside its clients: the log and the shared file.
 */
#ifndef PLACES_H
#define PLACES_H

#include "board/board.h"
#include "options.h"

/* The log goes to `fd`; but to the system's log if that is the client, or a listening socket: what `in` or `out` is. */
void choose_log(int fd, int in, int out, bool quiet);

/*
 * The file that was named must do. Of those that were not, the first that can be opened; a process that `listens` makes
 * one without a name if none can. Without a file the board says why, and so does the log, unless nobody named one and
 * there is but one connection.
 */
void open_board(struct board *board, void *place, const struct options *options, bool listens);

#endif
