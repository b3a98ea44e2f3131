/*
 * A reconnect storm: all streams begin at once, as after a restart of the server. The sockets are there before; then
 * each connects without waiting for the others. Measures the time from the first connection to the hello of each.
 *
 * A client whose connection is reset, refused or answered with another status than 200 counts as refused. One that has
 * no hello after LONGEST counts as unanswered. All stay connected until the end.
 */
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    LONGEST = 60, /* seconds */
    SPARE = 64,   /* descriptors that are not for streams */
};

enum stage { CONNECTING, ASKED, GREETED, REFUSED };

struct client {
    int fd;
    enum stage stage;
    bool answered; /* with 200 */
    bool newline;  /* the last byte received was LF */
};

struct crowd {
    const struct load *load;
    struct client *clients;
    int64_t *hello_us; /* one for each client with a hello */
    size_t greeted, refused;
    int64_t began;
    int poller;
};

static void refuse(struct crowd *crowd, struct client *client)
{
    (void)close(client->fd);
    client->stage = REFUSED;
    crowd->refused++;
}

static void begin(struct crowd *crowd, struct client *client)
{
    struct sockaddr_in to = server_address(crowd->load);
    if (connect(client->fd, (struct sockaddr *)&to, sizeof to) != 0 && errno != EINPROGRESS) {
        refuse(crowd, client);
        return;
    }
    struct epoll_event event = {.events = EPOLLOUT, .data.ptr = client};
    if (epoll_ctl(crowd->poller, EPOLL_CTL_ADD, client->fd, &event) != 0)
        give_up("epoll_ctl");
}

/* The connection is there, or has failed. */
static void send_request(struct crowd *crowd, struct client *client)
{
    size_t length = strlen(crowd->load->request);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (send(client->fd, crowd->load->request, length, MSG_NOSIGNAL) != (ssize_t)length) {
        refuse(crowd, client);
        return;
    }
    client->stage = ASKED;
    if (epoll_ctl(crowd->poller, EPOLL_CTL_MOD, client->fd, &event) != 0)
        give_up("epoll_ctl");
}

/* The hello ends with an empty line; that of the head is a different one. */
static void take(struct crowd *crowd, struct client *client)
{
    char bytes[4096];
    ssize_t length = recv(client->fd, bytes, sizeof bytes, 0);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    client->answered = client->answered || (length > 0 && is_ok(bytes, (size_t)length));
    if (length <= 0 || !client->answered) {
        refuse(crowd, client);
        return;
    }
    for (ssize_t i = 0; i < length && client->stage == ASKED; i++) {
        if (bytes[i] == '\n' && client->newline) {
            client->stage = GREETED;
            crowd->hello_us[crowd->greeted++] = (now() - crowd->began) / 1000;
            (void)epoll_ctl(crowd->poller, EPOLL_CTL_DEL, client->fd, NULL);
        }
        client->newline = bytes[i] == '\n';
    }
}

static void turn(struct crowd *crowd, int wait_ms)
{
    struct epoll_event events[512];
    int ready = epoll_wait(crowd->poller, events, 512, wait_ms);
    for (int i = 0; i < ready; i++) {
        struct client *client = events[i].data.ptr;
        (client->stage == CONNECTING ? send_request : take)(crowd, client);
    }
}

static void open_all(struct crowd *crowd, size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < count + SPARE) {
        errno = EMFILE;
        give_up("a descriptor for each client (ulimit -n)");
    }
    crowd->clients = calloc(count, sizeof *crowd->clients);
    crowd->hello_us = calloc(count, sizeof *crowd->hello_us);
    if (crowd->clients == NULL || crowd->hello_us == NULL)
        give_up("memory");
    for (size_t i = 0; i < count; i++) {
        crowd->clients[i].fd = open_socket(i);
        if (fcntl(crowd->clients[i].fd, F_SETFL, O_NONBLOCK) != 0)
            give_up("fcntl");
    }
}

int storm(const struct load *load, size_t count)
{
    struct crowd crowd = {.load = load, .poller = open_poller()};
    open_all(&crowd, count);
    crowd.began = now();
    for (size_t i = 0; i < count; i++)
        begin(&crowd, &crowd.clients[i]);
    int64_t connected = now();
    while (crowd.greeted + crowd.refused < count && now() - crowd.began < LONGEST * (int64_t)SECOND)
        turn(&crowd, 100);
    printf("storm_connecting %lld\nstorm_greeted %zu\nstorm_refused %zu\nstorm_unanswered %zu\n",
           (long long)(connected - crowd.began) / 1000, crowd.greeted, crowd.refused,
           count - crowd.greeted - crowd.refused);
    print_quantiles("storm", crowd.hello_us, crowd.greeted);
    return crowd.greeted < count;
}
