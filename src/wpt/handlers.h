/*
 * The handlers behind the EventSource tests of web-platform-tests, the suite of the browsers' makers, under their own
 * paths: each call becomes the query of a /stream that sends the same. Pure.
 *
 * As with the suite's own server, of a parameter that is given twice the first value holds, and one that is not known
 * is passed over.
 */
#ifndef WPT_HANDLERS_H
#define WPT_HANDLERS_H

#include "wpt/call.h"

#define RESOURCES "/eventsource/resources/"

/* The handler at that path, or NULL. */
const struct handler *handlers_find(struct span path);

/*
 * Under which key of the journal the handler needs what came before: `room`, of LIMIT_KEY bytes, is the key, or empty
 * if it needs nothing. Returns 0, or 400 with the reason.
 */
int handlers_key(const struct handler *handler, struct call *call, char *room);

/* Writes the query. Returns 0, or 400 or 431 with the reason; the query then means nothing. */
int handlers_run(const struct handler *handler, struct call *call);

#endif
