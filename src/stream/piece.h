/*
 * A piece is what the stream sends at one time: an event or raw bytes. Its padding is a number and not bytes, so that
 * 64 MiB of it need no memory. Pure.
 */
#ifndef STREAM_PIECE_H
#define STREAM_PIECE_H

#include "base/span.h"

struct piece {
    struct span front;
    uint64_t padding; /* how many "x" follow */
    struct span back;
};

/* The length in bytes, padding included. */
uint64_t piece_length(const struct piece *piece);

/* Some of the bytes from `offset` on: at least one, unless the piece ends there. Valid as long as the piece's spans. */
struct span piece_at(const struct piece *piece, uint64_t offset);

#endif
