/*
 * From pieces to writes: cut, coded, framed and split as the plan has it.
 */
#ifndef STREAM_WIRE_H
#define STREAM_WIRE_H

#include "http/gzip.h"
#include "http/response.h"
#include "stream/pace.h"
#include "stream/piece.h"

struct wire {
    struct writer *writer;
    const struct plan *plan;
    struct pace *pace;
    enum framing framing;
    bool is_plain;       /* one write and one chunk for a piece */
    bool batches;        /* writes only when `writer` is full */
    bool joins_end;      /* the last piece leaves with the end of the body */
    bool has_gzip_head;  /* it was sent */
    uint64_t left;       /* bytes of the body until it is cut */
    uint64_t sent;       /* bytes of the body so far, before any coding */
    uint64_t chunk_left; /* bytes that the chunk which has begun still needs */
    struct gzip gzip;
    char split_room[LIMIT_LINE];
    struct span split, sizes; /* the sizes of writes, all of them and those still to come in this round */
};

void wire_open(struct wire *wire, struct pace *pace, const struct plan *plan, enum framing framing);

/*
 * Sends a piece, with the gaps between its writes. What is behind the cut is not sent. One that `is_last` may
 * be only gathered, to leave with the end of the body in one write (plan_joins_end()).
 */
enum writer_state wire_piece(struct wire *wire, const struct piece *piece, bool is_last);

/* The plan's cut has been reached. */
bool wire_is_cut(const struct wire *wire);

/* Ends the body as the plan has it, and the connection too unless it is to end properly. */
void wire_end(struct wire *wire);

#endif
