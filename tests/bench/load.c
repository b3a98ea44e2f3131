/*
 * Load for a server of event streams on this machine, from many loopback addresses, by one process that waits for all.
 *
 *   load streams PORT CLIENTS SECONDS [TOKEN]   so many streams; once all have had their first event it prints "ready",
 * goes on for so long, and prints latencies of the first event and lateness of the messages load short PORT SECONDS
 * CLIENTS [TOKEN]     so many clients ask for /stream?count=0, over and over; prints requests a second
 *
 * A message is late by the time that has passed since the first event, less a second for each message. Times are
 * microseconds.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { AT_ONCE = 64 }; /* connections that are being opened at a time */

struct client {
    int fd;
    int64_t asked, first; /* ns */
    uint32_t events;
    bool newline; /* the last byte received was one */
};

static struct client *clients;
static int64_t *first_us, *late_us;
static size_t firsts, lates, lates_room, broken;
static uint64_t bytes_in, events_in;
static int poller;
static uint16_t port;
static char request[1024];

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(111);
}

static int64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

/* From one of 250 addresses, so that there are ports enough. */
static void ask(struct client *client, size_t number)
{
    struct sockaddr_in from = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(0x7f000001U + (uint32_t)(number % 250) * 256)};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        give_up("socket");
    (void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int){1}, sizeof(int));
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0},
                     sizeof(struct linger)); /* no port left in TIME_WAIT */
    *client = (struct client){.fd = fd, .asked = now()};
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("connect");
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) != (ssize_t)strlen(request))
        give_up("send");
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0)
        give_up("epoll_ctl");
}

static void take_event(struct client *client, int64_t at, bool measuring)
{
    if (client->events++ == 0) {
        client->first = at;
        first_us[firsts++] = (at - client->asked) / 1000;
        return;
    }
    events_in++;
    if (measuring && lates < lates_room)
        late_us[lates++] = (at - client->first) / 1000 - (int64_t)(client->events - 1) * 1000000;
}

/* An event ends with an empty line. False at the end of the stream. */
static bool take_bytes(struct client *client, bool measuring)
{
    static char bytes[65536];
    ssize_t length = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (length <= 0)
        return false;
    int64_t at = now();
    bytes_in += (uint64_t)length;
    for (const char *byte = bytes; byte < bytes + length; byte++) {
        if (*byte == '\n' && client->newline)
            take_event(client, at, measuring);
        client->newline = *byte == '\n';
    }
    return true;
}

static int by_value(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

static void print_quantiles(const char *name, int64_t *values, size_t count)
{
    if (count == 0)
        return;
    qsort(values, count, sizeof *values, by_value);
    printf("%s_p50 %lld\n%s_p99 %lld\n%s_max %lld\n", name, (long long)values[count / 2], name,
           (long long)values[count * 99 / 100], name, (long long)values[count - 1]);
}

static void turn(bool measuring, int ms)
{
    struct epoll_event events[512];
    int ready = epoll_wait(poller, events, 512, ms);
    for (int i = 0; i < ready; i++) {
        struct client *client = events[i].data.ptr;
        if (take_bytes(client, measuring))
            continue;
        (void)close(client->fd);
        client->fd = -1;
        broken++;
    }
}

static int streams(size_t count, int64_t seconds)
{
    lates_room = count * (size_t)(seconds + 2);
    clients = calloc(count, sizeof *clients);
    first_us = calloc(count, sizeof *first_us);
    late_us = calloc(lates_room, sizeof *late_us);
    if (clients == NULL || first_us == NULL || late_us == NULL)
        give_up("memory");
    for (size_t asked = 0; firsts + broken < count;) {
        while (asked < count && asked - firsts - broken < AT_ONCE) {
            ask(&clients[asked], asked);
            asked++;
        }
        turn(false, 100);
    }
    puts("ready");
    (void)fflush(stdout);
    uint64_t events = events_in, bytes = bytes_in;
    for (int64_t until = now() + seconds * 1000000000; now() < until;)
        turn(true, 50);
    printf("clients %zu\nbroken %zu\nevents %llu\nbytes %llu\n", count, broken,
           (unsigned long long)(events_in - events), (unsigned long long)(bytes_in - bytes));
    print_quantiles("first", first_us, firsts);
    print_quantiles("late", late_us, lates);
    return broken > 0;
}

static int short_requests(size_t count, int64_t seconds)
{
    struct epoll_event events[512];
    static char bytes[65536];
    uint64_t served = 0;
    int64_t began = now();
    clients = calloc(count, sizeof *clients);
    if (clients == NULL)
        give_up("memory");
    for (size_t i = 0; i < count; i++)
        ask(&clients[i], i);
    while (now() - began < seconds * 1000000000) {
        int ready = epoll_wait(poller, events, 512, 100);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            ssize_t length = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
            if (length > 0 || (length < 0 && errno == EAGAIN))
                continue;
            (void)close(client->fd);
            ask(client, served++);
        }
    }
    printf("requests_per_second %.0f\n", (double)served * 1e9 / (double)(now() - began));
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 5 || argc > 6)
        return 100;
    bool is_short = strcmp(argv[1], "short") == 0;
    port = (uint16_t)atoi(argv[2]);
    (void)snprintf(request, sizeof request, "GET /stream%s HTTP/1.%d\r\nHost: bench\r\n%s%s%s\r\n",
                   is_short ? "?count=0" : "", is_short ? 0 : 1, argc > 5 ? "Authorization: Bearer " : "",
                   argc > 5 ? argv[5] : "", argc > 5 ? "\r\n" : "");
    poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0)
        give_up("epoll_create");
    return is_short ? short_requests((size_t)atoi(argv[4]), atoi(argv[3]))
                    : streams((size_t)atoi(argv[3]), atoi(argv[4]));
}
