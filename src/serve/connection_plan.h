/*
 * The plan of a connection's request, and the source of the pieces that it sends.
 */
#ifndef SERVE_CONNECTION_PLAN_H
#define SERVE_CONNECTION_PLAN_H

#include "serve/connection.h"

/* Reads the request's parameters and makes the plan. Returns 0, or 400 with the reason. */
int connection_plan_make(struct connection *connection);

/* Makes the plan again, for that attempt; 0: the request decides. Returns 0, or 400 with the reason. */
int connection_plan_for_attempt(struct connection *connection, uint64_t attempt);

/* Opens the source at the first piece of the plan. */
void connection_plan_open(struct connection *connection);

#endif
