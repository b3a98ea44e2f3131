/*
 * Serves one connection. It does not depend on how the process was started.
 */
#ifndef SERVE_SERVE_H
#define SERVE_SERVE_H

#include "serve/connection.h"

/*
 * Reads requests from descriptor `in` and answers them on `out` until the connection ends. The caller closes both.
 * `peer` is the client's name: printable ASCII without quotes, shorter than LIMIT_PEER. The caller has set `service`,
 * `clients` and `cold` of the connection.
 */
void serve_connection(struct connection *connection, int in, int out, const char *peer);

/*
 * Writes a complete response for clients that get no process. It is sent many times, so it has no date. `reason` is one
 * line with its LF.
 */
void serve_turned_away(struct text *text, int status, const char *reason);

#endif
