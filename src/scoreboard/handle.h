/*
 * One process's handle on the shared file: the mapping, the reason why it cannot be used, and what the kernel needs to
 * release our slot or the journal's lock when we end. The other units of this folder build on it.
 */
#ifndef SCOREBOARD_HANDLE_H
#define SCOREBOARD_HANDLE_H

#include "base/limits.h"
#include "base/span.h"
#include "scoreboard/robust.h"

#include <signal.h>

struct scoreboard_file; /* the layout: file.h */

/* A client as /status shows it. */
struct client {
    char peer[LIMIT_PEER];
    int64_t connected_at; /* realtime, ns */
    uint64_t position;    /* the number of the message that comes next */
};

struct scoreboard {
    struct scoreboard_file *file;   /* NULL: there is none, and `why` says why */
    char why[LIMIT_REASON];         /* one line for /status and the log */
    volatile sig_atomic_t lost;     /* the file was cut short under us: see scoreboard_recover() */
    uint32_t self;                  /* our thread id, while we hold a slot or the journal */
    bool damaged;                   /* the last read found a damaged slot */
    struct client entry;            /* the client in our slot */
    struct robust_list_head robust; /* registered by scoreboard_guard() */
};

/* Results of scoreboard_claim() that are no slot. */
enum {
    SLOT_NONE = -1, /* there is no shared file */
    SLOT_FULL = -2, /* LIMIT_CLIENTS streams are running */
};

/* Sets `why`, cut to its capacity. */
void scoreboard_set_why(struct scoreboard *scoreboard, const char *why);

/* From now on there is no file, for this reason. */
void scoreboard_none(struct scoreboard *scoreboard, const char *why);

/*
 * True if there is a file, with its header intact, and we have not found it cut short. Otherwise false, with `why`, and
 * there is no file from now on.
 */
bool scoreboard_is_whole(struct scoreboard *scoreboard);

/* Registers our robust list. Returns false, with `why`, if the kernel has no robust futexes. */
bool scoreboard_guard(struct scoreboard *scoreboard);

/* scoreboard_guard(), and sets `self`. Call it before taking a slot or the lock. */
bool scoreboard_enter(struct scoreboard *scoreboard);

/*
 * Chooses the owner word that the kernel marks when we end: a slot's, the journal's lock, or NULL for none. Set it
 * before taking the word, and clear it after giving the word back.
 */
void scoreboard_aim(struct scoreboard *scoreboard, void *word);

#endif
