/*
 * What the parts of the load share: how a request is sent, from where, and how figures are printed.
 *
 * Times are nanoseconds of the monotonic clock, figures are printed in microseconds, "NAME VALUE" a line. Whatever
 * fails here ends the tool with 111: half a load measures nothing.
 */
#ifndef LOAD_H
#define LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SECOND = 1000000000 };

struct load {
    uint16_t port;
    char request[1024];
};

/* load_client.c */

_Noreturn void give_up(const char *what);
int64_t now(void);

/* A new connection, numbered by the caller, on which the request has been sent. Returns its descriptor. */
int ask(const struct load *load, size_t number);

/* If these bytes, the first of an answer, begin with a status line that says 200. */
bool is_ok(const char *bytes, size_t length);

/* NAME_p50, NAME_p99 and NAME_max of `count` values, which are put in order; nothing if there are none. */
void print_quantiles(const char *name, int64_t *values, size_t count);

/* An epoll instance, and one more descriptor for it to wait for. */
int open_poller(void);
void wait_for(int poller, int fd, void *client);

/* One mode each; they return the exit code. 2: the server refused what was asked. */

/* load_streams.c */
int streams(const struct load *load, size_t count, int64_t seconds);

/* load_short.c */
int short_requests(const struct load *load, size_t count, int64_t seconds);
int status_requests(const struct load *load, size_t count);

/* load_flood.c */
int flood(const struct load *load, int64_t seconds);

#endif
