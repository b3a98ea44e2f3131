/*
 * Heads and refusals, for all answers.
 */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H

#include "http/response.h"
#include "serve/connection.h"

/* Puts a head into the output, which must be empty, to leave with the first bytes of its body. */
void reply_head(struct connection *connection, struct response *response);

/*
 * The same, of a head with fields of the caller's, which may be longer than what is gathered for a write. It is put
 * together behind what is in *room, where its texts may be.
 */
void reply_long_head(struct connection *connection, struct response *response, struct text *room);

/*
 * Sends a whole response of status 200, whose body is there already. The caller gives its type, its fields and whether
 * it may be cached; the body must be no part of the output.
 */
void reply_whole(struct connection *connection, struct response *response, struct span body);

/* Sends `status` and the refusal's reason as the response to a request that is not answered otherwise. */
void reply_refusal(struct connection *connection, int status);

#endif
