/*
 * The chunked transfer coding (RFC 9112, 7.1), as a sender writes it. Pure.
 */
#ifndef HTTP_CHUNKED_H
#define HTTP_CHUNKED_H

#include "base/text.h"

/* The last chunk and an empty trailer section: the end of a chunked body. */
#define CHUNKED_END "0\r\n\r\n"

/* The line end after the data of each chunk. */
#define CHUNKED_DATA_END "\r\n"

/* Appends the chunk-size line before `length` bytes of data. */
void chunked_size(struct text *text, uint64_t length);

/* Appends `data` as one chunk. It must not be empty: an empty chunk ends the body. */
void chunked_chunk(struct text *text, struct span data);

#endif
