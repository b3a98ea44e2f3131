/*
 * The gzip content coding (RFC 9110, 8.4.1.3; RFC 1952) without compression: content goes into stored blocks of deflate
 * (RFC 1951, 3.2.4). Each ends at a byte, so that whoever has its bytes has its content: every one is a flush. Pure.
 *
 * The order is a head, any number of blocks, a tail. What does not fit its text is cut there, as everywhere.
 */
#ifndef HTTP_GZIP_H
#define HTTP_GZIP_H

#include "base/text.h"

enum {
    GZIP_HEAD = 10,       /* bytes that gzip_head() writes */
    GZIP_BLOCK = 5,       /* bytes in front of the content of each block */
    GZIP_CONTENT = 65535, /* bytes of content that a block has room for */
    GZIP_TAIL = 13,       /* bytes that gzip_tail() writes */
};

/* All zeros before the first block. */
struct gzip {
    uint32_t crc;  /* CRC-32 of the content so far */
    uint32_t size; /* its length in bytes, modulo 2^32 */
};

/* No name, no time: the same for all content. */
void gzip_head(struct text *text);

/*
 * The content in as few blocks as can be, none of them the last; nothing for no content. GZIP_BLOCK bytes and the
 * content for each GZIP_CONTENT bytes of it, begun or whole.
 */
void gzip_block(struct gzip *gzip, struct text *text, struct span content);

/* An empty last block, and the sums over all content. */
void gzip_tail(const struct gzip *gzip, struct text *text);

#endif
