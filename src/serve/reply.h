/*
 * Response heads and whole responses, for all answers.
 */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H

#include "http/response.h"
#include "serve/connection.h"

/* Puts a head into the output, which must be empty. It leaves with the first bytes of the body. */
void reply_head(struct connection *connection, struct response *response);

/*
 * The same for a head that may be longer than the output buffer. The head is built in the unused part of *room, after
 * the texts that `response` may point to.
 */
void reply_long_head(struct connection *connection, struct response *response, struct text *room);

/*
 * Sends a complete response with status 200. The caller sets its type, its fields and no_cache. `body` must not be part
 * of the output buffer.
 */
void reply_whole(struct connection *connection, struct response *response, struct span body);

/* Sends `status`, with the reason in the exchange's refusal as one line of text/plain. */
void reply_refusal(struct connection *connection, int status);

/*
 * The same for a request that has a plan: in the shape of the plan's format if it has one, and with these fields. The
 * rest of the response is built after them, so their text needs the room.
 */
void reply_error(struct connection *connection, int status, struct text *fields);

#endif
