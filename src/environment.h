/*
 * What systemd and the operator say by variables.
 */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include "options.h"

/* The value of a variable; NULL if it is set to nothing, as if it is not set. It stays where it is. */
const char *environment_variable(const char *name);

/* Takes the token, the shared file and the runtime directory from the environment. The command line goes first. */
void environment_read(struct options *options);

#endif
