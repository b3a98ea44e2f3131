/*
 * The layout of the shared file, and how it is opened. For this folder alone.
 */
#ifndef SCOREBOARD_FILE_H
#define SCOREBOARD_FILE_H

#include "base/limits.h"
#include "base/text.h"
#include "scoreboard/attempt.h"

#include <stdatomic.h>

enum {
    SCOREBOARD_WORDS = LIMIT_CLIENTS / 64,
    SCOREBOARD_ENTRY_WORDS = LIMIT_PEER / 8 + 1,
};

/* One stream. Two cache lines, so that neighbours do not slow each other down. */
struct slot {
    _Atomic uint32_t owner;   /* see scoreboard.c */
    _Atomic uint32_t version; /* grows with every claim */
    _Atomic uint64_t position;
    _Atomic uint64_t entry[SCOREBOARD_ENTRY_WORDS]; /* the peer's bytes, then connectedAt */
    _Atomic int64_t damaged; /* monotonic, ns: when it was found taken without a holder; else 0 */
    uint64_t unused[3];
};

/* What must be the same for a file to be used: everything that its readers take for granted. */
struct scoreboard_header {
    char magic[16];
    uint32_t layout, header_size, slot_size, slots;
    char boot[64]; /* the boot that the owner words are of; empty on a file system that does not survive one */
};

/* A name, and how often it was used. `hashes` says whether anybody's. */
struct journal_key {
    char name[LIMIT_KEY];
    _Atomic uint64_t count;
    _Atomic int64_t began[2]; /* monotonic, ns: when attempt `count` began stands at [count % 2] */
};

/* One attempt, if `ticket` is the one that belongs at this place (see journal.c). */
struct journal_entry {
    _Atomic uint64_t ticket;
    struct attempt attempt;
};

/* Read and written under its lock alone. A process that has nothing to do with it touches no page of it. */
struct journal {
    _Atomic uint64_t lock; /* see lock.c */
    _Atomic uint64_t last; /* the ticket given last; 0: none yet */
    uint64_t unused[510];
    _Atomic uint64_t hashes[LIMIT_KEYS]; /* of the names in `keys`; 0: nobody's. Together, to be searched in one go */
    _Atomic uint64_t used[LIMIT_KEYS];   /* the ticket of the latest attempt under the key */
    struct journal_key keys[LIMIT_KEYS];
    struct journal_entry entries[LIMIT_ATTEMPTS];
};

struct scoreboard_file {
    struct scoreboard_header header;
    _Atomic uint64_t taken[SCOREBOARD_WORDS]; /* one bit a slot; with the header it fills one page */
    struct slot slots[LIMIT_CLIENTS];
    struct journal journal;
};

_Static_assert(sizeof(struct slot) == 128, "a seat is two cache lines");
_Static_assert(sizeof(struct scoreboard_header) + LIMIT_CLIENTS / 8 == 4096, "header and bits fill one page");
_Static_assert(offsetof(struct slot, owner) == 0 && offsetof(struct journal, lock) == 0, "one futex_offset for both");
_Static_assert(sizeof(struct journal_entry) == 1024, "an attempt is a quarter of a page");
_Static_assert(ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_LLONG_LOCK_FREE == 2, "a lock in libatomic would not be shared");
_Static_assert(LIMIT_CLIENTS % 64 == 0 && LIMIT_PEER % 8 == 0, "whole words");

/* The header is there: nobody has written over it. */
bool scoreboard_file_is_whole(const struct scoreboard_file *file);

/* Maps the file at `path` over `place`, made or replaced where need be. NULL, with one line in *why, if it cannot be
 * used. */
struct scoreboard_file *scoreboard_file_open(const char *path, void *place, struct text *why);

/* Memory like it, shared with processes that are forked later. NULL, with one line in *why, if there is no memory. */
struct scoreboard_file *scoreboard_file_private(void *place, struct text *why);

#endif
