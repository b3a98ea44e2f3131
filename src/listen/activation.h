/*
 * Which door the client comes through: one decision, from what can be seen at the start.
 */
#ifndef LISTEN_ACTIVATION_H
#define LISTEN_ACTIVATION_H

#include <stdbool.h>

/* What a descriptor is, as far as doors care. */
enum descriptor {
    DESCRIPTOR_NOTHING,   /* closed, a terminal, /dev/null */
    DESCRIPTOR_LISTENING, /* a listening stream socket */
    DESCRIPTOR_INTERNET,  /* a connected internet socket */
    DESCRIPTOR_STREAM,    /* any other socket, a pipe, a file: something to read a request from */
};

enum activation {
    ACTIVATION_STDIN,            /* serve descriptors 0 and 1 */
    ACTIVATION_PASSED_STREAM,    /* serve descriptor 3, a connection that LISTEN_FDS handed over */
    ACTIVATION_PASSED_LISTENING, /* accept on the descriptors that LISTEN_FDS handed over */
    ACTIVATION_STDIN_LISTENING,  /* accept on descriptor 0: inetd's "wait" */
    ACTIVATION_LISTEN,           /* listen at -l, PORT or :8080 */
};

/* All that the choice depends on. */
struct activation_facts {
    bool asks_stdin;        /* -i */
    bool asks_listen;       /* -l */
    bool has_port;          /* PORT is set */
    enum descriptor passed; /* descriptor 3, if LISTEN_FDS is meant for this process; else DESCRIPTOR_NOTHING */
    enum descriptor stdin_is;
};

/* Pure. */
enum activation activation_choose(const struct activation_facts *facts);

/* Looks at a descriptor. */
enum descriptor activation_descriptor(int fd);

/*
 * How many descriptors, from 3 on, were handed to this process by LISTEN_FDS and LISTEN_PID (sd_listen_fds(3)); 0 if
 * none. Takes both out of the environment and marks the descriptors close-on-exec.
 */
int activation_passed(void);

#endif
