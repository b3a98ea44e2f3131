/*
 * A request with a key, kept in the journal: what came, and how it was answered.
 */
#ifndef SERVE_REQUEST_JOURNAL_H
#define SERVE_REQUEST_JOURNAL_H

#include "serve/connection.h"

/*
 * Enters the request if its plan has a key, and nothing otherwise; `counts` as an attempt, or not. *number is which one
 * it is under its key. Returns 0, or 503 with the reason if there is no journal. The connection must hold no slot.
 */
int request_journal_begin(struct connection *connection, bool counts, uint64_t *number);

/* The request was answered. Does nothing if it was not entered. The connection must hold no slot. */
void request_journal_end(struct connection *connection);

#endif
