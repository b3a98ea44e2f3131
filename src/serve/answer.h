/*
 * Answers: from a request that was understood to a response. The table of paths is here.
 */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include "serve/connection.h"

/*
 * Whether the request may be answered at all: its token, path and method. Returns 0, or 400, 401, 404, 405 or 503 with
 * the reason. OPTIONS is always admitted: a browser asks with it before it sends the token.
 */
int answer_admit(struct connection *connection);

/* The paths there are, a line on each, for people. */
void routes_text(struct text *text);

/* The same for programs: a JSON array of objects. */
void routes_json(struct text *text);

/* Sends the response to an admitted request. */
void answer_request(struct connection *connection);

#endif
