/*
 * The gzip content coding (RFC 9110, 8.4.1.3; RFC 1952) without compression: the content goes into stored blocks of
 * deflate (RFC 1951, 3.2.4). Each block ends at a byte boundary, so a reader can decode it at once: every block is a
 * flush. Pure.
 *
 * The order is a head, any number of blocks, a tail. A text that is too small is truncated and says so.
 */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include "base/text.h"

enum {
    GZIP_HEAD = 10,       /* bytes that gzip_head() writes */
    GZIP_BLOCK = 5,       /* bytes before the content of each block */
    GZIP_CONTENT = 65535, /* maximum bytes of content in a block */
    GZIP_TAIL = 13,       /* bytes that gzip_tail() writes */
};

/* All zeros before the first block. */
struct gzip {
    uint32_t crc;  /* CRC-32 of the content so far */
    uint32_t size; /* its length in bytes, modulo 2^32 */
};

/* Appends the head. It has no name and no time, so it is always the same. */
void gzip_head(struct text *text);

/*
 * Appends the content in as few blocks as possible, none of them marked as the last; nothing for empty content. Each
 * block adds GZIP_BLOCK bytes and holds up to GZIP_CONTENT bytes.
 */
void gzip_block(struct gzip *gzip, struct text *text, struct span content);

/* Appends an empty last block, and the CRC and length of all content. */
void gzip_tail(const struct gzip *gzip, struct text *text);

#endif
