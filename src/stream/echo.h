/*
 * The event that shows a client its own request. Pure.
 */
#ifndef STREAM_ECHO_H
#define STREAM_ECHO_H

#include "http/request.h"

/*
 * Appends an event of type "request". Its data is one line of JSON: the method, the target, the header fields in their
 * order as [name,value], and the body's size (bytes) and CRC-32. http/secret.h says what of a secret it shows.
 * `eol` is the line end of the stream. Needs at most LIMIT_PIECE bytes.
 */
void echo_text(struct text *text, const struct request *request, uint64_t size, uint32_t crc, const char *eol);

#endif
