/*
 * Short requests: how many per second the server answers if each client asks again at once, and how long /status takes.
 * A response counts if its status is 200 and it ends properly.
 */
#include "load.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct client {
    int fd;
    bool is_ok; /* the status is 200 */
};

struct crowd {
    const struct load *load;
    struct client *clients;
    int poller;
    uint64_t served, failed;
};

static void start_request(struct crowd *crowd, struct client *client, size_t number)
{
    *client = (struct client){.fd = ask(crowd->load, number)};
    wait_for(crowd->poller, client->fd, client);
}

/* Reads what has arrived. At the end of a response, counts it and sends the next request. */
static void take(struct crowd *crowd, struct client *client)
{
    static char bytes[65536];
    ssize_t length = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (length > 0)
        client->is_ok = client->is_ok || is_ok(bytes, (size_t)length);
    if (length > 0 || (length < 0 && errno == EAGAIN))
        return;
    (void)close(client->fd);
    if (length == 0 && client->is_ok)
        crowd->served++;
    else
        crowd->failed++;
    start_request(crowd, client, crowd->served + crowd->failed);
}

int short_requests(const struct load *load, size_t count, int64_t seconds)
{
    struct epoll_event events[512];
    struct crowd crowd = {.load = load, .clients = calloc(count, sizeof *crowd.clients), .poller = open_poller()};
    int64_t began = now();
    if (crowd.clients == NULL)
        give_up("memory");
    for (size_t i = 0; i < count; i++)
        start_request(&crowd, &crowd.clients[i], i);
    while (now() - began < seconds * SECOND) {
        int ready = epoll_wait(crowd.poller, events, 512, 100);
        for (int i = 0; i < ready; i++)
            take(&crowd, events[i].data.ptr);
    }
    double taken = (double)(now() - began) / SECOND;
    printf("requests_per_second %.0f\nfailed %llu\n", (double)crowd.served / taken, (unsigned long long)crowd.failed);
    return crowd.failed > 0;
}

/* Sends one request and reads the response. Returns its length in bytes, or 0 if it is not a whole 200. */
static size_t fetch(const struct load *load, size_t number)
{
    static char bytes[65536];
    int fd = ask(load, number);
    ssize_t length = recv(fd, bytes, sizeof bytes, 0);
    bool good = length > 0 && is_ok(bytes, (size_t)length);
    size_t read_so_far = 0;
    while (length > 0) {
        read_so_far += (size_t)length;
        length = recv(fd, bytes, sizeof bytes, 0);
    }
    (void)close(fd);
    return good && length == 0 ? read_so_far : 0;
}

int status_requests(const struct load *load, size_t count)
{
    size_t length = 0;
    int64_t *taken = calloc(count, sizeof *taken);
    if (taken == NULL)
        give_up("memory");
    for (size_t i = 0; i < count; i++) {
        int64_t began = now();
        length = fetch(load, i);
        if (length == 0)
            return 2;
        taken[i] = (now() - began) / 1000;
    }
    print_quantiles("status", taken, count);
    printf("status_bytes %zu\n", length);
    return 0;
}
