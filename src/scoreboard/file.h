/*
 * The layout of the shared file, and how to open it. Only this folder uses it.
 */
#ifndef SCOREBOARD_FILE_H
#define SCOREBOARD_FILE_H

#include "base/limits.h"
#include "base/text.h"
#include "scoreboard/attempt.h"
#include "scoreboard/details.h"
#include "scoreboard/header.h"

#include <stdatomic.h>

enum {
    SCOREBOARD_WORDS = LIMIT_CLIENTS / 64,
    SCOREBOARD_ENTRY_WORDS = LIMIT_PEER / 8 + 1,
};

/* One stream. A slot is two cache lines: processes in neighbouring slots do not slow each other down. */
struct slot {
    _Atomic uint32_t owner;   /* see slot.c */
    _Atomic uint32_t version; /* grows with every claim */
    _Atomic uint64_t position;
    _Atomic uint64_t entry[SCOREBOARD_ENTRY_WORDS]; /* client.peer, then client.connected_at */
    _Atomic uint64_t check;                         /* of number, owner and entry: see slot.c */
    uint64_t unused[3];
};

/* The methods of a key that are counted apart. */
enum {
    KEYS_COMMON = 6,
    KEYS_OTHERS = 4,
    KEYS_METHODS = KEYS_COMMON + KEYS_OTHERS,
};

/* How many attempts a key has had with a method. */
struct key_count {
    _Atomic uint64_t count;
    _Atomic int64_t began[2]; /* monotonic, ns: attempt `count` began at [count % 2] */
};

/* A key. Valid only if its place in `hashes` is not 0. */
struct journal_key {
    char name[LIMIT_KEY];
    _Atomic uint64_t others[KEYS_OTHERS]; /* hashes of the methods that are not common; 0: free */
    struct key_count methods[KEYS_METHODS];
};

/*
 * Written only under its lock, except for `progress`. A process that does not use the journal touches no page of it.
 * `details` comes last: it is large, and its memory is allocated only when it is used.
 */
struct journal {
    _Atomic uint64_t lock;                   /* see lock.c */
    _Atomic uint64_t last;                   /* the latest ticket; 0: none yet */
    _Atomic uint16_t owners[LIMIT_ATTEMPTS]; /* the place in `keys` of each attempt's key */
    _Atomic uint64_t counted;                /* the ticket up to which `held` is right; 0: unknown */
    uint64_t unused[509];
    _Atomic uint64_t tickets[LIMIT_ATTEMPTS];     /* of `attempts`; 0: the place is free. Apart, like `hashes` */
    _Atomic uint64_t progress[LIMIT_ATTEMPTS][2]; /* bytes and events of running attempts: see progress.c */
    uint16_t held[LIMIT_KEYS];                    /* attempts of each key */
    uint16_t allocated[LIMIT_ATTEMPTS];           /* bytes of each of `details` that are allocated */
    _Atomic uint64_t hashes[LIMIT_KEYS]; /* of the names in `keys`; 0: free. Apart, so that a search reads only them */
    _Atomic uint64_t used[LIMIT_KEYS];   /* the ticket of the latest attempt under the key */
    struct journal_key keys[LIMIT_KEYS];
    struct attempt attempts[LIMIT_ATTEMPTS];
    struct details details[LIMIT_ATTEMPTS];
};

struct scoreboard_file {
    struct scoreboard_header header;
    _Atomic int64_t damaged; /* monotonic, ns: when a process last found damage; 0: never */
    uint64_t unused;
    _Atomic uint64_t taken[SCOREBOARD_WORDS]; /* one bit a slot; with the header it fills one page */
    struct slot slots[LIMIT_CLIENTS];
    struct journal journal;
};

_Static_assert(sizeof(struct slot) == 128, "a slot is two cache lines");
_Static_assert(offsetof(struct scoreboard_file, slots) == 4096, "header and bits fill one page");
_Static_assert(offsetof(struct slot, owner) == 0 && offsetof(struct journal, lock) == 0, "one futex_offset for both");
_Static_assert(sizeof(struct attempt) == 1024, "an attempt is a quarter of a page");
_Static_assert(offsetof(struct journal, tickets) % 4096 == 0 && sizeof(struct details) == LIMIT_DETAILS, "no gaps");
_Static_assert(ATOMIC_INT_LOCK_FREE == 2 && ATOMIC_LLONG_LOCK_FREE == 2, "a lock in libatomic would not be shared");
_Static_assert(LIMIT_CLIENTS % 64 == 0 && LIMIT_PEER % 8 == 0, "whole words");

/*
 * Maps the file at `path` over `place`. Creates it if it is missing and replaces it if it is stale. Waits up to
 * LIMIT_FILE_MS for another process to create it. Sets *fd, which stays open, and *header to what the file begins with.
 * Returns NULL, with one line in *why, if the file cannot be used.
 */
struct scoreboard_file *scoreboard_file_open(const char *path, void *place, int *fd, struct scoreboard_header *header,
                                             struct text *why);

/*
 * Allocates the disk space of a part of the file at `fd`, so that a write to it is safe. -1: memory without a name.
 * Returns false if the disk is full.
 */
bool scoreboard_file_allocate(int fd, size_t from, size_t length);

/*
 * Maps memory with the same layout, shared with processes forked later. Sets *header. Returns NULL, with one line in
 * *why, if there is no memory.
 */
struct scoreboard_file *scoreboard_file_private(void *place, struct scoreboard_header *header, struct text *why);

#endif
