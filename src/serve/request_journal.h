/*
 * Enters requests with a key, and how they were answered, in the journal.
 */
#ifndef SERVE_REQUEST_JOURNAL_H
#define SERVE_REQUEST_JOURNAL_H

#include "serve/connection.h"

/*
 * Enters the request if its plan has a key; otherwise does nothing. If it `counts`, sets *number to the number of the
 * attempt under its key, else to 0. Returns 0, or 503 with the reason if the journal cannot be used. The connection
 * must hold no slot.
 */
int request_journal_begin(struct connection *connection, bool counts, uint64_t *number);

/*
 * Records how the request was answered. Does nothing if it was not entered. The record is lost if the journal cannot be
 * used: the client already has its answer. The connection must hold no slot.
 */
void request_journal_end(struct connection *connection);

#endif
