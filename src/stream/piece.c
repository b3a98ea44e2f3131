/* Pieces as bytes. */
#include "stream/piece.h"

static const char padding[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
                              "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

uint64_t piece_length(const struct piece *piece)
{
    return piece->front.length + piece->padding + piece->back.length;
}

struct span piece_at(const struct piece *piece, uint64_t offset)
{
    if (offset < piece->front.length)
        return span_after(piece->front, offset);
    offset -= piece->front.length;
    if (offset < piece->padding) {
        uint64_t left = piece->padding - offset;
        return (struct span){padding, left < sizeof padding - 1 ? (size_t)left : sizeof padding - 1};
    }
    return span_after(piece->back, offset - piece->padding);
}
