/*
 * The shared file: who is connected, and where each stream stands. The only place that knows its layout.
 *
 * Every connection's process maps it, claims one slot while it streams, and writes to no other. A slot's owner word is
 * a robust futex (set_robust_list(2)): when its process ends, however it ends, the kernel marks the word in the file.
 * So a reader knows who is alive without asking anybody, and no process number is ever mistaken for another's.
 *
 * Behind the slots stands the journal of the attempts under a key (journal.h), which has a lock of its own.
 *
 * A file from before a reboot, with another version, or damaged at its front, is replaced by a new one under the same
 * name; processes that still map the old one keep it.
 */
#ifndef SCOREBOARD_SCOREBOARD_H
#define SCOREBOARD_SCOREBOARD_H

#include "scoreboard/handle.h"

/*
 * Where the file is mapped: SCOREBOARD_SIZE bytes of static memory, aligned to a page. Beside the program's own data,
 * and not where mmap(2) would choose, it costs a process three page-table pages less.
 */
enum { SCOREBOARD_SIZE = 4096 + 128 * LIMIT_CLIENTS + 4096 + 112 * LIMIT_KEYS + 1024 * LIMIT_ATTEMPTS };

/* Opens or makes the file at `path` (mode 0600), mapped over `place`. False, with `why`, if it cannot be used. */
bool scoreboard_open(struct scoreboard *scoreboard, const char *path, void *place);

/* A file without a name, shared with the processes forked from this one. False, with `why`, if there is no memory. */
bool scoreboard_open_private(struct scoreboard *scoreboard, void *place);

/*
 * Claims a slot for this process; it must hold none. With NULL, for the client that it claimed one for before. Returns
 * its number, to be given back with scoreboard_leave(), or SLOT_NONE or SLOT_FULL.
 */
int scoreboard_claim(struct scoreboard *scoreboard, const struct client *client);

/*
 * The stream at `slot` has moved on. Returns its slot from now on: another, if somebody wrote over this one; SLOT_NONE,
 * if there is none to be had, or was none.
 */
int scoreboard_move(struct scoreboard *scoreboard, int slot, uint64_t position);

void scoreboard_leave(struct scoreboard *scoreboard, int slot);

/*
 * For the handler of SIGBUS, which comes of touching a page that the file no longer has: if `address` is in the file,
 * puts memory of our own in its place, so that this process goes on as if alone, and returns true. Safe in a signal
 * handler.
 */
bool scoreboard_recover(struct scoreboard *scoreboard, const void *address);

/*
 * Copies the clients that are connected to `clients`, which has room for LIMIT_CLIENTS, in no order. Each was true at
 * some moment during the call. Seats of processes that died are swept up on the way; this process must hold none. Sets
 * *count; or returns false, with `why`, if there is no file or it is lost.
 */
bool scoreboard_read(struct scoreboard *scoreboard, struct client *clients, size_t *count);

#endif
