/*
 * The shared file: who is connected, and where each stream stands. The only place that knows its layout.
 *
 * Every connection's process maps it, claims one seat while it streams, and writes to no other. A seat's owner word is
 * a robust futex (set_robust_list(2)): when its process ends, however it ends, the kernel marks the word in the file.
 * So a reader knows who is alive without asking anybody, and no process number is ever mistaken for another's.
 *
 * Behind the seats stands the journal of the attempts under a key (journal.h), which has a lock of its own.
 *
 * A file from before a reboot, with another version, or damaged at its front, is replaced by a new one under the same
 * name; processes that still map the old one keep it.
 */
#ifndef BOARD_BOARD_H
#define BOARD_BOARD_H

#include "base/limits.h"
#include "base/span.h"
#include "board/robust.h"

#include <signal.h>

struct board_file; /* the layout: board.c */

/* A client as /status shows it. */
struct client {
    char peer[LIMIT_PEER];
    int64_t connected_at; /* realtime, ns */
    uint64_t position;    /* the number of the message that comes next */
};

struct board {
    struct board_file *file;    /* NULL: there is none, and `why` says why */
    char why[LIMIT_REASON];     /* one line for /status and the log */
    volatile sig_atomic_t lost; /* the file was cut short under us: see board_recover() */
    uint32_t self;              /* our thread id, while we hold a seat or the journal */
    bool damaged;               /* what was read last was not all there */
    struct client entry;        /* what stands in our seat */
    struct robust_head robust;  /* this process's, known to the kernel while it holds either */
};

enum {
    SEAT_NONE = -1, /* there is no shared file */
    SEAT_FULL = -2, /* LIMIT_CLIENTS streams are running */
};

/*
 * Where the file is mapped: BOARD_SIZE bytes of static memory, aligned to a page. Beside the program's own data, and
 * not where mmap(2) would choose, it costs a process three page-table pages less.
 */
enum { BOARD_SIZE = 4096 + 128 * LIMIT_CLIENTS + 4096 + 112 * LIMIT_KEYS + 1024 * LIMIT_ATTEMPTS };

/* Opens or makes the file at `path` (mode 0600), mapped over `place`. False, with `why`, if it cannot be used. */
bool board_open(struct board *board, const char *path, void *place);

/* A file without a name, shared with the processes forked from this one. False, with `why`, if there is no memory. */
bool board_open_private(struct board *board, void *place);

/* No file at all, for a reason of the caller's. */
void board_none(struct board *board, const char *why);

/*
 * Claims a seat for this process; it must hold none. With NULL, for the client that it claimed one for before. Returns
 * its number, to be given back with board_leave(), or SEAT_NONE or SEAT_FULL.
 */
int board_claim(struct board *board, const struct client *client);

/*
 * The stream at `seat` has moved on. Returns its seat from now on: another, if somebody wrote over this one; SEAT_NONE,
 * if there is none to be had, or was none.
 */
int board_move(struct board *board, int seat, uint64_t position);

void board_leave(struct board *board, int seat);

/*
 * For the handler of SIGBUS, which comes of touching a page that the file no longer has: if `address` is in the file,
 * puts memory of our own in its place, so that this process goes on as if alone, and returns true. Safe in a signal
 * handler.
 */
bool board_recover(struct board *board, const void *address);

/*
 * Copies the clients that are connected to `clients`, which has room for LIMIT_CLIENTS, in no order. Each was true at
 * some moment during the call. Seats of processes that died are swept up on the way; this process must hold none. Sets
 * *count; or returns false, with `why`, if there is no file or it is lost.
 */
bool board_read(struct board *board, struct client *clients, size_t *count);

/*
 * For this folder. There is a file, and nobody has written over its header or cut it short, as far as was seen; else
 * false, with `why`, and there is none from now on.
 */
bool board_is_whole(struct board *board);

/* For this folder. Sets `why`, cut to its room. */
void board_set_why(struct board *board, const char *why);

#endif
