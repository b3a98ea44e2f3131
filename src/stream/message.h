/*
 * The events of the stream, byte for byte (HTML standard, 9.2.5). Pure.
 */
#ifndef STREAM_MESSAGE_H
#define STREAM_MESSAGE_H

#include "base/text.h"
#include "plan/plan.h"
#include "stream/piece.h"

/* Appends one line: `name` with its colon, the value, and the line end `eol`. */
void message_line(struct text *text, const char *name, struct span value, const char *eol);

/* Appends the hello event, the first of every stream of messages. `peer` is the client's address. */
void message_hello(struct text *text, const char *peer, const char *eol);

struct message {
    uint64_t number;   /* 1 to 2^63 - 1 */
    uint64_t seconds;  /* since 1970 */
    const char *eol;   /* the line end of the stream */
    struct span event; /* its type; at == NULL: no event field */
    uint64_t size;     /* of its data, bytes, at least 128; 0: no padding */
};

/*
 * Appends the message, at most LIMIT_EVENT bytes. If it has a size, stops before the padding and returns the number of
 * bytes of padding; message_end_text() then appends the rest. Returns 0 if it has no size.
 */
uint64_t message_text(struct text *text, const struct message *message);
void message_end_text(struct text *text, const struct message *message);

/*
 * The message with that number as the plan wants it, appended to *text, which needs room for LIMIT_EVENT bytes more.
 * The piece begins with what *text already has. `seconds` is its time, since 1970.
 */
struct piece message_planned(const struct plan *plan, uint64_t number, uint64_t seconds, struct text *text);

#endif
