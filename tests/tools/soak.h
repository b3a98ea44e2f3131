/*
 * What the parts of the soak share: the clients and the figures.
 */
#ifndef SOAK_H
#define SOAK_H

#include "tool.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MOST = 16000,      /* clients */
    ADDRESSES = 32,    /* from 127.0.0.1 on, because one address has too few ports */
    NUMBERS = 1 << 16, /* message numbers whose random strings are kept */
    LEAVE_MS =
        5000, /* a process notices a closed client at its next message, after 1 s; the rest is for slow machines */
    LATE_MS = 1000, /* a later message counts as late */
    HEAL_MS = 8000, /* after damage to the shared file: 1 s until each stream looks, 5 s of 503, and slow machines */
};

struct client {
    int fd; /* -1: none */
    unsigned address, port;
    int64_t came_at;           /* ms: connected */
    int64_t began_at;          /* ms: got hello */
    int64_t stalled_until;     /* ms; 0: not stalled */
    uint64_t first, next, end; /* message numbers; `next` is the next one, `end` is 0 without a count */
    bool greeted, head_read;
    size_t kept;
    char pending[1024]; /* received, but not yet a whole head or chunk */
};

extern struct client clients[MOST];
extern size_t crowd;

extern struct figures {
    unsigned long connections, messages, served, kills, killed, resets, closes, stalls, resumed, checks, wrong, lost,
        late, damages;
    size_t most_listed;
    int64_t latest_ms;
} figures;

/* Reports an error of the server and counts it in *count. The run then fails. */
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
void check_damaged_status(void);
bool status_is_empty(void);

extern uint16_t server_port;

#endif
