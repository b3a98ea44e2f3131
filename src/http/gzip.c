/* gzip with stored blocks. Nothing fails if the text has the room that gzip.h states. */
#include "http/gzip.h"

#include "base/crc32.h"

/* The least significant byte first. */
static void text_little(struct text *text, uint32_t number, int bytes)
{
    for (; bytes > 0; bytes--, number >>= 8)
        text_bytes(text, &(unsigned char){(unsigned char)number}, 1);
}

/* BFINAL, BTYPE 00 and the bits up to the next byte, then LEN and its complement NLEN. */
static void block_head(struct text *text, bool final, size_t length)
{
    text_little(text, final, 1);
    text_little(text, (uint32_t)length, 2);
    text_little(text, ~(uint32_t)length, 2);
}

void gzip_head(struct text *text)
{
    /* ID1, ID2, CM 8 (deflate), FLG, MTIME 0 (not known), XFL, OS 255 (not known) */
    static const unsigned char head[GZIP_HEAD] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255};
    text_bytes(text, head, sizeof head);
}

void gzip_block(struct gzip *gzip, struct text *text, struct span content)
{
    gzip->crc = crc32_add(gzip->crc, content);
    gzip->size += (uint32_t)content.length;
    while (content.length > 0) {
        struct span piece = content;
        if (piece.length > GZIP_CONTENT)
            piece.length = GZIP_CONTENT;
        block_head(text, false, piece.length);
        text_span(text, piece);
        content = span_after(content, piece.length);
    }
}

void gzip_tail(const struct gzip *gzip, struct text *text)
{
    block_head(text, true, 0);
    text_little(text, gzip->crc, 4);
    text_little(text, gzip->size, 4);
}
