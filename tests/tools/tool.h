/* What the tools share: exits, the time, connections and kills. */
#ifndef TOOL_H
#define TOOL_H

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* A system call failed: prints `what` and errno's reason. Exit 2. */
static inline _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(2);
}

/* The program under test is wrong. Exit 1. */
static inline _Noreturn void fault(const char *what, const char *detail)
{
    fprintf(stderr, "%s: %s\n", what, detail);
    exit(1);
}

/* The monotonic clock, ms. */
static inline int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Connects to that port of 127.0.0.1. The caller closes the descriptor. Exit 2 if it fails. */
static inline int connect_to(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        give_up("connect");
    return fd;
}

/* Kills a random child of the process with SIGKILL. Returns false if it has none. Exit 2 if there is no process. */
static inline bool kill_child_of(const char *process)
{
    static char list[1 << 19];
    char path[64];
    size_t length = 0, children = 0;
    (void)snprintf(path, sizeof path, "/proc/%s/task/%s/children", process, process);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    for (ssize_t got; fd >= 0 && (got = read(fd, list + length, sizeof list - 1 - length)) > 0;)
        length += (size_t)got;
    if (fd < 0)
        give_up(path);
    (void)close(fd);
    list[length] = '\0';
    for (size_t i = 0; i < length; i++)
        children += list[i] == ' ';
    char *at = list;
    for (size_t skip = children > 0 ? (size_t)rand() % children : 0; skip > 0; skip--)
        at = strchr(at, ' ') + 1;
    return children > 0 && kill((pid_t)strtol(at, NULL, 10), SIGKILL) == 0;
}

#endif
