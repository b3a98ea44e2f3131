/*
 * The entries of a stream in the shared file: its slot in /status, and its attempt in the journal.
 */
#ifndef STREAM_PRESENCE_H
#define STREAM_PRESENCE_H

#include "scoreboard/progress.h"
#include "scoreboard/scoreboard.h"

struct presence {
    struct scoreboard *scoreboard;
    int slot;                 /* from scoreboard_claim(); negative: none */
    struct progress progress; /* of the attempt in the journal */
    uint64_t events;          /* sent so far */
    int64_t began;            /* monotonic, ns: when the request arrived */
    int64_t closed_after;     /* result: ns from `began` until the client ended its sending side; 0: not known */
};

/* Sets the stream's position in /status. */
void presence_move(struct presence *presence, uint64_t position);

/* Shows in /log that this many bytes of the body were sent, and presence->events. No system call. */
void presence_note_sent(struct presence *presence, uint64_t bytes);

/* Claims a slot again if another process has damaged ours. */
void presence_keep(struct presence *presence);

/* Takes the stream off /status. Has no effect the second time. */
void presence_leave(struct presence *presence);

/*
 * Records in the journal that the client has ended its sending side now. Releases the slot meanwhile, because a process
 * that holds one cannot use the journal.
 */
void presence_note_close(struct presence *presence);

#endif
