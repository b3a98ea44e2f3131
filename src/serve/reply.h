/*
 * Heads and refusals, for all answers.
 */
#ifndef SERVE_REPLY_H
#define SERVE_REPLY_H

#include "http/response.h"
#include "serve/connection.h"

/* Puts a head into the output, which must be empty, to leave with the first bytes of its body. */
void answer_head(struct connection *connection, struct response *response);

/* Sends `status` and the refusal's reason as the response to a request that is not answered otherwise. */
void answer_refusal(struct connection *connection, int status);

#endif
