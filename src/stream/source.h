/*
 * The pieces of a planned stream, one after the other. Pure: the caller passes the time. Nothing fails.
 */
#ifndef STREAM_SOURCE_H
#define STREAM_SOURCE_H

#include "base/limits.h"
#include "plan/plan.h"
#include "stream/formatted.h"
#include "stream/piece.h"

/* Memory for the echo, for decoded raw pieces and for the events of a format. Other streams never touch it. */
struct source_room {
    char bytes[LIMIT_PIECE];
    struct span raws[LIMIT_PARAMETERS]; /* the raw pieces: still encoded if they are parameters */
    struct formatted formatted;         /* if the plan has a format */
};

/* The request's body, for the echo. */
struct arrived {
    uint64_t size;         /* bytes */
    uint32_t crc;          /* its CRC-32 */
    struct span beginning; /* its first bytes, at most LIMIT_BODY_KEPT; must live as long as the source */
};

struct source {
    const struct plan *plan;
    const struct request *request;
    const char *peer;
    struct arrived arrived;
    struct source_room *room;
    enum {
        SOURCE_ECHO,
        SOURCE_HELLO,
        SOURCE_MESSAGES, /* with a format, too */
        SOURCE_EVENTS,   /* of the opening or the closing of a format */
        SOURCE_RAW,
        SOURCE_END,
    } next;
    uint64_t number;     /* of the next message */
    struct waits waits;  /* with `time`: the intervals after the next message */
    uint64_t elapsed;    /* with `time`: from message 1 to the next one, ns; UINT64_MAX: more than 292 years */
    uint64_t loops;      /* of the raw pieces, left to send, this one included; PARAMETERS_WORD: no end */
    uint64_t repetition; /* of the raw pieces, from 1 */
    size_t raw, raws;    /* index of the next raw piece, and their number */
    struct span body;    /* the events of a body that are left in this loop */
    bool retries;        /* the retry line of raw pieces is still to be sent */
    size_t retry_at;     /* after this many more bytes */
    bool began;          /* source_next() was called: the byte-order marks are done */
    bool hurries;        /* the next piece belongs to the last one: it follows without a wait */
    char event[LIMIT_EVENT];
};

/* Starts at the first piece. The source keeps all the pointers, so what they point to must outlive it. */
void source_open(struct source *source, const struct plan *plan, const struct request *request, const char *peer,
                 struct arrived arrived, struct source_room *room);

bool source_has_next(const struct source *source);

/* Leaves out the next `count` messages. There must be that many, and without `time` or with no wait between them. */
void source_skip(struct source *source, uint64_t count);

/* The next piece. There must be one. `realtime` (ns) is when it is sent. The piece is valid until the next call. */
struct piece source_next(struct source *source, int64_t realtime);

#endif
