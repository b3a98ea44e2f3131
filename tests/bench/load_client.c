/* Connections and figures for all modes of the load. */
#include "load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ADDRESSES = 250 }; /* one address has too few ports */

_Noreturn void give_up(const char *what)
{
    perror(what);
    exit(111);
}

int64_t now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

/* connect(2) chooses the port, which is free again at once because close(2) sends a reset. */
int open_socket(size_t number)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in from = {.sin_family = AF_INET,
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)(number % ADDRESSES) * 256)};
    struct linger reset = {1, 0};
    if (fd < 0)
        give_up("socket");
    (void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &(int){1}, sizeof(int));
    (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) != 0)
        give_up("bind");
    return fd;
}

struct sockaddr_in server_address(const struct load *load)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons(load->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

int ask(const struct load *load, size_t number)
{
    struct sockaddr_in to = server_address(load);
    size_t length = strlen(load->request);
    int fd = open_socket(number);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("connect");
    if (send(fd, load->request, length, MSG_NOSIGNAL) != (ssize_t)length)
        give_up("send");
    return fd;
}

bool is_ok(const char *bytes, size_t length)
{
    static const char any[] = "HTTP/1.";
    return length > 12 && memcmp(bytes, any, sizeof any - 1) == 0 && memcmp(bytes + 8, " 200", 4) == 0;
}

static int by_value(const void *one, const void *other)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)other;
    return (a > b) - (a < b);
}

void print_quantiles(const char *name, int64_t *values, size_t count)
{
    if (count == 0)
        return;
    qsort(values, count, sizeof *values, by_value);
    printf("%s_p50 %lld\n%s_p99 %lld\n%s_max %lld\n", name, (long long)values[count / 2], name,
           (long long)values[count * 99 / 100], name, (long long)values[count - 1]);
}

int open_poller(void)
{
    int poller = epoll_create1(EPOLL_CLOEXEC);
    if (poller < 0)
        give_up("epoll_create");
    return poller;
}

void wait_for(int poller, int fd, void *client)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
    if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &event) != 0)
        give_up("epoll_ctl");
}
