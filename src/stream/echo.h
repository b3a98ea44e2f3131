/*
 * The event that shows a client its own request. Pure.
 */
#ifndef STREAM_ECHO_H
#define STREAM_ECHO_H

#include "http/request.h"

struct echo_body {
    uint64_t size;         /* bytes */
    uint32_t crc;          /* its CRC-32 */
    struct span beginning; /* its first bytes, at most LIMIT_BODY_KEPT */
};

/*
 * Appends an event of type "request". Its data is one line of JSON: the method, the target, the header fields in their
 * order as [name,value], and the body's size (bytes), CRC-32 and, unless it is empty, first bytes as text.
 * http/secret.h says what of a secret it shows. `eol` is the line end of the stream. Needs at most LIMIT_PIECE bytes.
 */
void echo_text(struct text *text, const struct request *request, const struct echo_body *body, const char *eol);

#endif
