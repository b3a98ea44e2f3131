/*
 * Which door the client comes through: one decision, from what can be seen at the start.
 */
#ifndef DOOR_CHOOSE_H
#define DOOR_CHOOSE_H

#include <stdbool.h>

/* What a descriptor is, as far as doors care. */
enum kind {
    KIND_NOTHING,   /* closed, a terminal, /dev/null */
    KIND_LISTENING, /* a listening stream socket */
    KIND_INTERNET,  /* a connected internet socket */
    KIND_STREAM,    /* any other socket, a pipe, a file: something to read a request from */
};

enum door {
    DOOR_STDIN,            /* serve descriptors 0 and 1 */
    DOOR_PASSED_STREAM,    /* serve descriptor 3, a connection that LISTEN_FDS handed over */
    DOOR_PASSED_LISTENING, /* accept on the descriptors that LISTEN_FDS handed over */
    DOOR_STDIN_LISTENING,  /* accept on descriptor 0: inetd's "wait" */
    DOOR_LISTEN,           /* listen at -l, PORT or :8080 */
};

/* All that the choice depends on. */
struct facts {
    bool asks_stdin;  /* -i */
    bool asks_listen; /* -l */
    bool has_port;    /* PORT is set */
    enum kind passed; /* descriptor 3, if LISTEN_FDS is meant for this process; else KIND_NOTHING */
    enum kind stdin_is;
};

/* Pure. */
enum door door_choose(const struct facts *facts);

/* Looks at a descriptor. */
enum kind kind_of(int fd);

/*
 * How many descriptors, from 3 on, were handed to this process by LISTEN_FDS and LISTEN_PID (sd_listen_fds(3)); 0 if
 * none. Takes both out of the environment and marks the descriptors close-on-exec.
 */
int passed_descriptors(void);

#endif
