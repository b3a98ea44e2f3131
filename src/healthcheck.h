/*
 * The health check (-c), for the HEALTHCHECK of a container image that has no other program.
 */
#ifndef HEALTHCHECK_H
#define HEALTHCHECK_H

#include "listen/address.h"

/*
 * Sends OPTIONS, which needs no token, to the server at `address` on this machine (127.0.0.1 for "all addresses").
 * Returns EXIT_SERVED if it answers 204 within LIMIT_HEALTHCHECK_MS, else EXIT_UNHEALTHY.
 */
int healthcheck_run(const struct address *address);

#endif
