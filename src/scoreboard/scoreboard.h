/*
 * The shared file: which clients are connected, and the position of each stream. Only this folder knows its layout.
 *
 * Each connection's process maps the file, claims one slot while it streams, and writes to no other slot. A slot's
 * owner word is a robust futex (set_robust_list(2)): when the process ends in any way, the kernel marks the word in the
 * file. So readers know who is alive without a system call, even if process numbers are reused.
 *
 * After the slots comes the journal of attempts (journal.h), which has its own lock.
 *
 * A file from another boot or version is replaced by a new one with the same name. Processes that map the old file keep
 * it. Damage to a file in use is repaired in place, and logged once.
 */
#ifndef SCOREBOARD_SCOREBOARD_H
#define SCOREBOARD_SCOREBOARD_H

#include "scoreboard/handle.h"

/*
 * The size of the file, bytes. Callers map it over static memory of this size, aligned to a page. Next to the program's
 * own data it costs a process three page-table pages less than where mmap(2) would put it.
 */
enum {
    SCOREBOARD_KEY = 2 + 8 + 8 + 344, /* for one key */
    SCOREBOARD_ATTEMPT =
        8 + 16 + 2 + 1024 + 9 * 1024, /* for one attempt; the last 9 KiB are allocated when they are used */
    SCOREBOARD_SIZE =
        4096 + 128 * LIMIT_CLIENTS + 12288 + SCOREBOARD_KEY * LIMIT_KEYS + SCOREBOARD_ATTEMPT * LIMIT_ATTEMPTS,
};

/*
 * Opens the file at `path`, or creates it (mode 0600), and maps it over `place`. Returns false, with `why`, if it
 * cannot be used.
 */
bool scoreboard_open(struct scoreboard *scoreboard, const char *path, void *place);

/* Maps shared memory for this process and its later children. Returns false, with `why`, if there is no memory. */
bool scoreboard_open_private(struct scoreboard *scoreboard, void *place);

/*
 * Claims a slot for this process, which must hold none. If `client` is NULL, uses the client of the previous claim.
 * Returns the slot's number, to be released with scoreboard_leave(), or SLOT_NONE if there is no file or no free slot.
 */
int scoreboard_claim(struct scoreboard *scoreboard, const struct client *client);

/*
 * Sets the stream's position. Returns the stream's slot: a new one if another process damaged `slot`, SLOT_NONE if no
 * slot is free. A negative `slot` is returned unchanged.
 */
int scoreboard_move(struct scoreboard *scoreboard, int slot, uint64_t position);

/* The same without a new position: for a stream that waits long. */
int scoreboard_keep(struct scoreboard *scoreboard, int slot);

/* Releases the slot, if this process still holds it. */
void scoreboard_leave(struct scoreboard *scoreboard, int slot);

/*
 * For the SIGBUS handler. The kernel raises SIGBUS when we touch a page that was cut off the file. If `address` is in
 * the file, extends the file again, or maps private memory over it, so that this process continues alone. Returns true
 * then. Safe in a signal handler.
 */
bool scoreboard_recover(struct scoreboard *scoreboard, const void *address);

/*
 * Copies the connected clients to `clients`, which has LIMIT_CLIENTS elements, in any order. Each entry was true at
 * some moment during the call. Frees the slots of dead processes. This process must hold no slot. Sets *count, or
 * returns false, with `why`, as scoreboard_answers() does.
 */
bool scoreboard_read(struct scoreboard *scoreboard, struct client *clients, size_t *count);

/* scoreboard_read() would succeed. Otherwise false, with `why`: there is no file, it is lost, or damage is recent. */
bool scoreboard_answers(struct scoreboard *scoreboard);

#endif
