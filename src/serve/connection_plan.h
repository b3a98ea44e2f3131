/*
 * The plan of a connection's request, and the source of what it sends.
 */
#ifndef SERVE_CONNECTION_PLAN_H
#define SERVE_CONNECTION_PLAN_H

#include "serve/connection.h"

/* Makes the plan for that attempt; 0: the one that the request tells. Returns 0, or 400 with the reason. */
int connection_plan_make(struct connection *connection, uint64_t attempt);

/* Opens the source of the plan's pieces, at their beginning. */
void connection_plan_open(struct connection *connection);

#endif
