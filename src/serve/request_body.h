/*
 * Reads the body of a request, and keeps what its answer needs.
 */
#ifndef SERVE_REQUEST_BODY_H
#define SERVE_REQUEST_BODY_H

#include "serve/connection.h"

/*
 * Reads the body, for the route of the exchange. Sets `content` and `arrived` of the exchange. Returns 0,
 * READER_CLOSED, or the status of the refusal: 400, 408, 413 or 431.
 */
int request_body_read(struct connection *connection, struct refusal *refusal);

#endif
