/*
 * Where the bytes of a stream come from: its pieces, one after the other, as the plan has them. Pure, but for the time,
 * which the caller gives. Nothing fails.
 */
#ifndef STREAM_SOURCE_H
#define STREAM_SOURCE_H

#include "base/limits.h"
#include "plan/plan.h"
#include "stream/piece.h"

/* Memory for pieces that are put together first: a decoded one, or what an echo tells. Only touched by those. */
struct source_room {
    char bytes[LIMIT_PIECE];
    struct span raws[LIMIT_PARAMETERS]; /* the raw pieces, still encoded unless they are the body */
};

/* What the request's body was, for the echo. */
struct arrived {
    uint64_t size;
    uint32_t crc;
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
        SOURCE_MESSAGES,
        SOURCE_RAW,
        SOURCE_END,
    } next;
    uint64_t number;  /* of the next message */
    uint64_t loops;   /* of the raw pieces, still to come, this one included */
    size_t raw, raws; /* the next raw piece, and how many there are */
    bool began;       /* a piece was given out: the byte-order marks are behind us */
    char event[LIMIT_EVENT];
};

void source_open(struct source *source, const struct plan *plan, const struct request *request, const char *peer,
                 struct arrived arrived, struct source_room *room);

bool source_has_next(const struct source *source);

/* The next piece, sent at `realtime` (ns). It holds until the next one is asked for. There must be one. */
struct piece source_next(struct source *source, int64_t realtime);

/* How many bytes all pieces have. For a plan that has an end, and no more than LIMIT_COUNTED_MESSAGES messages. */
uint64_t source_length(struct source *source, int64_t realtime);

#endif
