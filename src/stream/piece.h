/*
 * A piece: what is sent at one time, an event or raw bytes. Its padding is a number, not bytes, so that one of 64 MiB
 * needs no room. Pure.
 */
#ifndef STREAM_PIECE_H
#define STREAM_PIECE_H

#include "base/span.h"

struct piece {
    struct span front;
    uint64_t padding; /* bytes of "x" between the two */
    struct span back;
};

uint64_t piece_length(const struct piece *piece);

/* Some of its bytes from `offset` on, at least one unless it ends there. Points into the piece's spans. */
struct span piece_at(const struct piece *piece, uint64_t offset);

#endif
