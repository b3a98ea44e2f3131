/*
 * The command line and the environment: all that the operator can say.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "confine/user.h"
#include "listen/address.h"

enum { OPTIONS_PATH = 1024 };

struct options {
    bool serves_stdin;                  /* -i */
    bool has_listen;                    /* -l, or PORT: `listen` is set */
    bool from_port;                     /* it was PORT */
    struct address listen;              /* :8080 otherwise */
    const char *status_file;            /* -f, or STATUS_FILE; NULL */
    const char *runtime;                /* RUNTIME_DIRECTORY; NULL */
    const char *token_file;             /* AUTH_TOKEN_FILE, or a credential of systemd's; NULL */
    const char *token_value;            /* AUTH_TOKEN; NULL */
    char credential[OPTIONS_PATH];      /* room for the credential's path */
    int64_t head_ms, idle_ms, write_ms; /* -t, -k, -w */
    int64_t end_ms;                     /* -e; 0: never */
    bool quiet;                         /* -q */
    size_t most;                        /* -n */
    size_t most_per_source;             /* -p */
    bool has_user;                      /* -u: `user` is set */
    struct user user;
    bool check; /* -c */
};

enum { OPTIONS_GO_ON = -1 };

/* Reads both. Returns OPTIONS_GO_ON, or the code to exit with: then everything has been said on standard output or
 * error. */
int options_read(char **argv, struct options *options);

#endif
