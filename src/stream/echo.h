/*
 * The event that tells a client what arrived of its request. Pure.
 */
#ifndef STREAM_ECHO_H
#define STREAM_ECHO_H

#include "http/request.h"

/*
 * An event "request", its data one line of JSON: method, target, every header field in its order as a pair of name and
 * value, size and CRC-32 of the body. The value of Authorization is left out but for its scheme.
 */
void echo_text(struct text *text, const struct request *request, uint64_t size, uint32_t crc, const char *eol);

#endif
