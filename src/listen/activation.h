/*
 * Socket activation: where the clients come from, decided once at the start.
 */
#ifndef LISTEN_ACTIVATION_H
#define LISTEN_ACTIVATION_H

#include <stdbool.h>
#include <sys/types.h>

/* What a descriptor is. */
enum descriptor {
    DESCRIPTOR_NOTHING,   /* closed, a terminal, /dev/null */
    DESCRIPTOR_LISTENING, /* a listening stream socket */
    DESCRIPTOR_INTERNET,  /* a connected internet socket */
    DESCRIPTOR_STREAM,    /* any other socket, a pipe, a file: a request can be read from it */
};

enum activation {
    ACTIVATION_STDIN,            /* serve descriptors 0 and 1 */
    ACTIVATION_PASSED_STREAM,    /* serve descriptor 3, a connection that LISTEN_FDS passed */
    ACTIVATION_PASSED_LISTENING, /* accept on the descriptors that LISTEN_FDS passed */
    ACTIVATION_STDIN_LISTENING,  /* accept on descriptor 0: inetd's "wait" */
    ACTIVATION_LISTEN,           /* listen at -l, PORT or :8080 */
};

/* Everything that the choice depends on. */
struct activation_facts {
    bool asks_stdin;        /* -i */
    bool asks_listen;       /* -l */
    bool has_port;          /* PORT is set */
    enum descriptor passed; /* descriptor 3; DESCRIPTOR_NOTHING if LISTEN_FDS is not for this process */
    enum descriptor stdin_is;
};

/* Chooses by the order in sse-server(8). Pure. */
enum activation activation_choose(const struct activation_facts *facts);

/* A request can be read from a file of this type (st_mode). Pure. */
bool activation_is_stream(mode_t mode);

/* Examines a descriptor. */
enum descriptor activation_descriptor(int fd);

/*
 * Returns how many descriptors, from 3 on, LISTEN_FDS and LISTEN_PID pass to this process (sd_listen_fds(3)); 0 if
 * none. Removes both variables from the environment and marks the descriptors close-on-exec.
 */
int activation_passed(void);

#endif
