/*
 * What the parts of the soak share: the clients, and what has been counted.
 */
#ifndef SOAK_H
#define SOAK_H

#include "tool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MOST = 16000,      /* clients */
    ADDRESSES = 32,    /* 127.0.0.1 and on: more ports than one address has */
    NUMBERS = 1 << 16, /* messages that are remembered, by number */
    LEAVE_MS = 5000, /* a process notices at its next message, one second, that its client has gone; the rest is a slow
                        machine */
    LATE_MS = 1000,  /* a message that comes later than this is counted as late */
};

struct client {
    int fd; /* -1: none */
    unsigned address, port;
    int64_t came_at, began_at, stalled_until; /* ms; connected, greeted, reading again */
    uint64_t first, next, end; /* message numbers; next is the one to come, end 0 if no count was asked for */
    bool greeted, head_read;
    size_t kept;
    char pending[1024]; /* received, and not yet a whole head or chunk */
};

extern struct client clients[MOST];
extern size_t crowd;

extern struct figures {
    unsigned long connections, messages, served, kills, killed, resets, closes, stalls, resumed, checks, wrong, lost,
        late;
    size_t most_listed;
    int64_t latest_ms;
} figures;

/* Something that must not be: told, counted in *count, and the run fails. */
void wrong(unsigned long *count, const struct client *client, const char *what);

/* soak_client.c */
int connect_from(unsigned address, unsigned *port);
void send_all(int fd, const char *bytes);
void connect_client(struct client *client, uint64_t resume, uint64_t count);
void disconnect(struct client *client, bool abruptly);
void listen_to(struct client *client);

/* soak_status.c */
void remember_open(const struct client *client);
void remember_left(const struct client *client, bool ended);
void check_status(void);
bool status_is_empty(void);

extern uint16_t server_port;

#endif
