/*
 * Serving one connection, whoever started the process.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "serve/connection.h"

/*
 * Reads requests from `in` and answers them on `out` until the connection ends; the descriptors stay the caller's.
 * `peer` is the client's name, printable ASCII without quotes and shorter than LIMIT_PEER. `connection` needs nothing
 * but its `service` and `clients` set.
 */
void serve_connection(struct connection *connection, int in, int out, const char *peer);

/*
 * A whole response for a client that gets no process, to be sent over and over, and so without a date. `reason` is a
 * line with its end.
 */
void serve_turned_away(struct text *text, int status, const char *reason);

#endif
