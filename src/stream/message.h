/*
 * The events of the stream, byte for byte (HTML standard, 9.2.5). Pure.
 */
#ifndef STREAM_MESSAGE_H
#define STREAM_MESSAGE_H

#include "base/text.h"

/* The first event of every stream. */
void hello_text(struct text *text, const char *peer);

/* Message `number`, sent at `seconds` since 1970. */
void message_text(struct text *text, uint64_t number, uint64_t seconds);

/* The number K of an id "message-K", 1 to 2^63 - 1; false for any other id. */
bool message_number(struct span id, uint64_t *number);

#endif
