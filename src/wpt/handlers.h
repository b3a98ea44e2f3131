/*
 * The server side of the EventSource tests of web-platform-tests, under the suite's own paths. A handler turns each
 * call into the query of a /stream that sends the same. Pure.
 *
 * As in the suite's own server, the first value of a repeated parameter counts, and unknown parameters are ignored.
 */
#ifndef WPT_HANDLERS_H
#define WPT_HANDLERS_H

#include "wpt/call.h"

/* The handler for a percent-encoded path, or NULL. */
const struct handler *handlers_find(struct span path);

/*
 * Writes into `room`, of LIMIT_KEY bytes, the key whose journal entries the handler needs. Empty if it needs none.
 * Returns 0, or 400 with the reason.
 */
int handlers_key(const struct handler *handler, struct call *call, char *room);

/* Writes the query. Returns 0, or 400 or 431 with the reason; then the query is invalid. */
int handlers_run(const struct handler *handler, struct call *call);

#endif
