/*
 * One process's handle on the shared file: the mapping, the reason why it cannot be used, and what the kernel needs to
 * release our slot or the journal's lock when we end. The other units of this folder build on it.
 */
#ifndef SCOREBOARD_HANDLE_H
#define SCOREBOARD_HANDLE_H

#include "base/limits.h"
#include "base/span.h"
#include "scoreboard/header.h"
#include "scoreboard/robust.h"

#include <signal.h>

struct scoreboard_file; /* the layout: file.h */

/* A client as /status shows it. */
struct client {
    char peer[LIMIT_PEER];
    int64_t connected_at; /* realtime, ns */
    uint64_t position;    /* the number of the message that comes next; lastEventId in /status, as in the original */
};

struct scoreboard {
    struct scoreboard_file *file;    /* NULL: there is none, and `why` says why */
    char why[LIMIT_WHY];             /* one line for /status and the log */
    int fd;                          /* of the file; -1: none, or memory without a name */
    struct scoreboard_header header; /* what the file begins with, to repair it */
    volatile sig_atomic_t cuts;      /* how often the file was found cut short: see scoreboard_recover() */
    volatile sig_atomic_t lost;      /* it is cut short, and cannot be made long again */
    bool has_touched;                /* the pages of the journal: see touch_pages() in journal.c */
    uint32_t self;                   /* our thread id, while we hold a slot or the journal */
    struct client entry;             /* the client in our slot */
    struct robust_list_head robust;  /* registered by scoreboard_guard() */
};

/* Instead of a slot: there is none. */
enum { SLOT_NONE = -1 };

/* Sets `why`, cut to its capacity. */
void scoreboard_set_why(struct scoreboard *scoreboard, const char *why);

/* From now on there is no file, for this reason. */
void scoreboard_none(struct scoreboard *scoreboard, const char *why);

/*
 * True if there is a file. Repairs its header if another process has overwritten it. Otherwise false, with `why`, and
 * there is no file from now on.
 */
bool scoreboard_is_whole(struct scoreboard *scoreboard);

/* Notes that another process has damaged the file. The first process that finds the damage logs it. */
void scoreboard_note_damage(struct scoreboard *scoreboard);

/* Damage was noted less than LIMIT_DAMAGE_MS ago: some streams may not have claimed a slot again yet. */
bool scoreboard_is_damaged(struct scoreboard *scoreboard);

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
