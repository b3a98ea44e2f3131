/*
 * The events of the stream, byte for byte (HTML standard, 9.2.5). Pure.
 */
#ifndef STREAM_MESSAGE_H
#define STREAM_MESSAGE_H

#include "base/text.h"

/* A line of an event: `name` with its colon, the value, the line end. */
void message_line(struct text *text, const char *name, struct span value, const char *eol);

/* The first event of every stream. */
void message_hello(struct text *text, const char *peer, const char *eol);

struct message {
    uint64_t number;
    uint64_t seconds; /* since 1970, as it tells them */
    const char *eol;
    struct span event; /* its type; at == NULL: none is told */
    uint64_t size;     /* bytes that its data has, at least 128; 0: as it comes */
};

/*
 * Writes the message, or with a size the part of it in front of its padding. Returns the bytes of padding; behind them
 * stands what message_end_text() writes.
 */
uint64_t message_text(struct text *text, const struct message *message);
void message_end_text(struct text *text, const struct message *message);

#endif
