/*
 * The environment variables that systemd and the operator set for the whole program. A few others have one reader each:
 * listen/activation.c, listen/notify.c, listen/peer.c and setup.c.
 */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include "base/limits.h"

#include <stdbool.h>

/* The value of each variable. NULL if it is not set, or empty. */
struct environment {
    const char *port;        /* PORT */
    const char *status_file; /* STATUS_FILE */
    const char *runtime;     /* RUNTIME_DIRECTORY: a list, separated by colons */
    const char *token_file;  /* AUTH_TOKEN_FILE, else the systemd credential "token"; in `file_room` */
    const char *token_value; /* AUTH_TOKEN; in `value_room` */
    bool lacks_token;        /* there are systemd credentials, but none is named "token", and no other token is set */
    char file_room[LIMIT_PATH], value_room[LIMIT_TOKEN + 1];
};

/*
 * Fills `environment`, which must be zero. The token's variables are copied, because a listener's children do not have
 * the environment (listen/spawn.h). Returns false if one of them is longer than its room.
 */
bool environment_read(struct environment *environment);

#endif
