/*
 * -c: is a server there? What a container's HEALTHCHECK runs, in an image that has no other program.
 */
#ifndef HEALTHCHECK_H
#define HEALTHCHECK_H

#include "listen/address.h"

/*
 * Sends OPTIONS, which needs no token, to a server on this machine that listens at `address`; at 127.0.0.1 if that is
 * all addresses. Returns EXIT_SERVED if it answers 204, EXIT_UNHEALTHY if it does anything else within two seconds, or
 * nothing.
 */
int healthcheck_run(const struct address *address);

#endif
