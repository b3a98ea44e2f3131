/*
 * From a parsed request to its answer.
 */
#ifndef SERVE_ANSWER_H
#define SERVE_ANSWER_H

#include "serve/connection.h"

/*
 * Finds the route, and checks token, path and method. Returns 0, or 400, 401, 404, 405 or 503 with the reason. Admits
 * every OPTIONS request: a browser sends its preflight without the token.
 */
int answer_admit(struct connection *connection);

/* Sends the response to an admitted request. */
void answer_request(struct connection *connection);

#endif
