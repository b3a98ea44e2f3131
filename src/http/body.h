/*
 * Decodes the body of a request (RFC 9112, 6 and 7). Pure: bytes in, pieces of content out.
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "base/span.h"
#include "http/refusal.h"
#include "http/request.h"

enum body_part {
    BODY_CONTENT,    /* `left` more bytes of content follow */
    BODY_CHUNK_END,  /* the CR LF after the data of a chunk */
    BODY_CHUNK_LINE, /* chunk-size and extensions */
    BODY_TRAILERS,   /* trailer fields, read and ignored */
    BODY_DONE,
};

struct body {
    enum body_part part;
    bool chunked;
    uint64_t left;      /* bytes left of the content or the chunk */
    uint64_t content;   /* bytes of content so far */
    uint32_t crc;       /* its CRC-32 */
    uint64_t most;      /* maximum bytes of content; more is 413 */
    size_t line_length; /* bytes so far of the chunk-size line or the trailers */
    bool digits;        /* the chunk size, or the name of a trailer field, has begun */
    bool extension;     /* in a chunk extension, or in the value of a trailer field */
    bool carriage;      /* the last framing byte was CR */
    bool empty_line;    /* this trailer line has no byte yet */
};

/* Begins the body that the request announces, with at most `most` bytes of content. Returns 0 or 413. */
int body_start(struct body *body, const struct request *request, uint64_t most, struct refusal *refusal);

/*
 * Takes bytes off the front of *bytes until it finds a piece of content, the body ends, or no bytes are left. *content
 * is that piece; it points into *bytes and may be empty. Returns 0, or the status of the refusal: 400, 413 or 431.
 */
int body_take(struct body *body, struct span *bytes, struct span *content, struct refusal *refusal);

#endif
