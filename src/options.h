/*
 * The command line. An option overrides the environment variable for the same thing.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "confine/user.h"
#include "environment.h"
#include "listen/address.h"

struct options {
    bool serves_stdin;                  /* -i */
    bool has_listen;                    /* -l or PORT set `listen` */
    bool from_port;                     /* it was PORT */
    struct address listen;              /* default: :8080 */
    const char *status_file;            /* -f or STATUS_FILE; NULL */
    int64_t head_ms, idle_ms, write_ms; /* -t, -k, -w */
    int64_t end_ms;                     /* -e; 0: never */
    bool quiet;                         /* -q */
    size_t most;                        /* -n */
    size_t most_per_source;             /* -p */
    bool has_user;                      /* -u sets `user` */
    struct user user;
    bool check;        /* -c */
    bool prints_cases; /* -C */
};

enum { OPTIONS_GO_ON = -1 };

/*
 * Reads the options, and takes PORT and STATUS_FILE from `environment`. Strings stay where they are. Returns
 * OPTIONS_GO_ON, or an exit code: then the help, the version or an error message has been printed.
 */
int options_read(int argc, char **argv, const struct environment *environment, struct options *options);

#endif
