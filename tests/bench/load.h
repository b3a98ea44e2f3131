/*
 * What the parts of the load share: sending requests and printing figures.
 *
 * Times are ns of the monotonic clock. Figures are printed in microseconds, one "NAME VALUE" per line. Any failure ends
 * the tool with exit code 111, because half a load measures nothing.
 */
#ifndef LOAD_H
#define LOAD_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SECOND = 1000000000 };

struct load {
    uint16_t port;
    char request[8192];
};

/* load_client.c */

_Noreturn void give_up(const char *what);
int64_t now(void);

/* Opens a connection and sends the request. `number` decides the source address. The caller closes the descriptor. */
int ask(const struct load *load, size_t number);

/* Opens a socket that is bound to the source address of `number`. close(2) resets its connection. */
int open_socket(size_t number);

/* The address of the server. */
struct sockaddr_in server_address(const struct load *load);

/* These first bytes of a response hold a status line with 200. */
bool is_ok(const char *bytes, size_t length);

/* Sorts the values and prints NAME_p50, NAME_p99 and NAME_max. Prints nothing if `count` is 0. */
void print_quantiles(const char *name, int64_t *values, size_t count);

/* Creates an epoll instance. */
int open_poller(void);

/* Adds a descriptor to it. `client` is the data of its events. */
void wait_for(int poller, int fd, void *client);

/* The modes. Each returns the exit code; 2: the server refused the request. */

/* load_streams.c */
int streams(const struct load *load, size_t count, int64_t seconds);

/* load_short.c */
int short_requests(const struct load *load, size_t count, int64_t seconds);
int status_requests(const struct load *load, size_t count);

/* load_recorded.c */

/* The waits of a recorded stream, and the k-th of them, from 1, in us. floor.c has the same. */
enum { RECORDED = 400 };
#define RECORDED_WAIT_US(k) (1000 + 10 * (int)(k))

/* Writes the target of such a stream, without a NUL. Returns its length, `size` if it does not fit. */
size_t recorded_target(char *room, size_t size);

int recorded(const struct load *load, size_t count);

/* load_flood.c */
int flood(const struct load *load, int64_t seconds);

/* load_storm.c */
int storm(const struct load *load, size_t count);

#endif
