/*
 * The body of a request, out of its framing (RFC 9112, 6 and 7). Pure: bytes in, pieces of content out.
 */
#ifndef HTTP_BODY_H
#define HTTP_BODY_H

#include "base/span.h"
#include "http/refusal.h"
#include "http/request.h"

enum body_part {
    BODY_CONTENT,    /* `left` more bytes of content follow */
    BODY_CHUNK_END,  /* the CR LF behind a chunk */
    BODY_CHUNK_LINE, /* chunk-size and extensions */
    BODY_TRAILERS,   /* field lines up to an empty one, read and thrown away */
    BODY_DONE,
};

struct body {
    enum body_part part;
    bool chunked;
    uint64_t left;      /* of the content or the chunk, bytes */
    uint64_t content;   /* all content so far, bytes */
    uint32_t crc;       /* its CRC-32 */
    uint64_t most;      /* content allowed; more is 413 */
    size_t line_length; /* of the chunk-size line, or the trailers, so far */
    bool digits;        /* the chunk size, or the name of a trailer, has begun */
    bool extension;     /* the chunk-size line is past its digits, a trailer past its colon */
    bool carriage;      /* the last framing byte was CR */
    bool empty_line;    /* no byte yet in this trailer line */
};

/* The body that the request announces, `most` bytes of content at the most. Returns 0 or 413. */
int body_start(struct body *body, const struct request *request, uint64_t most, struct refusal *refusal);

/*
 * Takes bytes off the front of *bytes until a piece of content is found, the body is done, or none are left. The piece,
 * which may be empty, is put in *content and points into *bytes. Returns 0 or the status to refuse the request with:
 * 400, 413, 431.
 */
int body_take(struct body *body, struct span *bytes, struct span *content, struct refusal *refusal);

#endif
