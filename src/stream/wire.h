/*
 * From pieces to writes: cuts, compresses, frames and splits them as planned.
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
    bool is_plain;       /* each piece is one chunk and one write */
    bool batches;        /* writes only when `writer` is full */
    bool repeats;        /* wire_repeat() may be called */
    bool joins_end;      /* the last piece and the end of the body are one write */
    bool has_gzip_head;  /* the gzip head was sent */
    uint64_t left;       /* bytes of the body until the plan cuts it */
    uint64_t last;       /* the length of the last piece, for wire_repeat() */
    uint64_t sent;       /* bytes of the body so far, before any coding; not those that are held back */
    uint64_t chunk_left; /* bytes missing from the open chunk; 0: no chunk is open */
    struct gzip gzip;
    bool is_random;    /* the sizes of writes are random */
    struct span split; /* the sizes of writes, encoded; at == NULL: not split */
    struct span sizes; /* those left in this round */
    struct waits gaps; /* the waits between writes that are left */
    struct text held;  /* what `buffer` holds back; its capacity is the size of a block, 0: there is none */
};

/* `pace`, its writer, `plan` and `held`, room for LIMIT_BUFFER bytes, must outlive the wire. */
void wire_open(struct wire *wire, struct pace *pace, const struct plan *plan, enum framing framing, char *held);

/*
 * Sends a piece up to the cut, and waits for the gaps between its writes. If `is_last`, the piece may stay in the
 * writer, so that it and the end of the body are one write. If the server must stop, sends no more than the rest of the
 * open chunk. Returns the state of the writer.
 */
enum writer_state wire_piece(struct wire *wire, const struct piece *piece, bool is_last);

/*
 * Only if `repeats`. The last piece was message `number`, and the writer has all of it, from `gathered` on. Gathers
 * those of the next messages, before `end`, that can be copied from it without a write. Returns how many.
 */
uint64_t wire_repeat(struct wire *wire, size_t gathered, uint64_t number, uint64_t end);

/* The plan's cut has been reached. */
bool wire_is_cut(const struct wire *wire);

/*
 * Ends the body as the parameter `end` says: properly, in silence, by a reset, or not at all. What is held back is sent
 * first, unless the stream hangs: then a proxy would go on waiting for more.
 */
void wire_end(struct wire *wire);

#endif
