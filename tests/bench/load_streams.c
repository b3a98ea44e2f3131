/*
 * Streams, in as many processes as the limit of open files requires.
 *
 * Prints "ready" when every stream has had its first event. Then records the time of every message for SECONDS seconds,
 * and prints the figures and "measured". The streams continue until standard input ends.
 *
 * Message n is due n seconds after its stream began. The most punctual event of the stream defines that beginning,
 * because the hello may have been read late while other clients still connected. Lateness counts from the due time.
 */
#include "load.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    AT_ONCE = 64,       /* connections that all processes together open at a time */
    SPARE = 64,         /* descriptors of a process that are not for streams */
    OPENING_MOST = 300, /* seconds to open all streams */
};

struct client {
    int fd;
    int64_t asked;
    int64_t events;
    size_t measured; /* events while measuring */
    bool answered;   /* with 200 */
    bool newline;    /* the last byte received was LF */
};

/* In memory that the processes share. The lists have one entry for each client, `began` has `room` entries for each. */
struct shared {
    atomic_size_t ready;                /* processes whose streams have all begun */
    _Atomic int64_t until;              /* end of measuring; 0: not begun */
    atomic_size_t broken;               /* streams that ended early or were refused */
    atomic_uint_fast64_t events, bytes; /* while measuring */
    size_t count, room;
    int64_t *first_us; /* from the request to the first event; 0: none */
    int64_t *earliest; /* the beginning of the stream by its most punctual event */
    int64_t *began;    /* the beginning by each measured event; 0: none */
};

/* The clients of one process: `offset` to `offset + count` of all. */
struct crowd {
    const struct load *load;
    struct shared *shared;
    struct client *clients;
    size_t offset, count, at_once;
    size_t opening; /* clients without their first event */
    int poller;
};

static void *shared_memory(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        give_up("memory");
    return memory;
}

static struct shared *share(size_t count, int64_t seconds)
{
    struct shared *shared = shared_memory(sizeof *shared);
    shared->count = count;
    shared->room = (size_t)seconds + 2;
    shared->first_us = shared_memory(count * sizeof(int64_t));
    shared->earliest = shared_memory(count * sizeof(int64_t));
    shared->began = shared_memory(count * shared->room * sizeof(int64_t));
    return shared;
}

static void take_event(struct crowd *crowd, struct client *client, int64_t at)
{
    struct shared *shared = crowd->shared;
    size_t i = crowd->offset + (size_t)(client - crowd->clients);
    int64_t began = at - client->events * SECOND;
    if (client->events++ == 0) {
        crowd->opening--;
        shared->first_us[i] = (at - client->asked) / 1000;
        shared->earliest[i] = began;
        return;
    }
    if (began < shared->earliest[i])
        shared->earliest[i] = began;
    if (at >= atomic_load(&shared->until) || client->measured == shared->room)
        return;
    shared->began[i * shared->room + client->measured++] = began;
    atomic_fetch_add(&shared->events, 1);
}

/* An event ends with an empty line. Returns false if the stream has ended or was refused. */
static bool take_bytes(struct crowd *crowd, struct client *client)
{
    static char bytes[65536];
    ssize_t length = recv(client->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (length <= 0)
        return false;
    client->answered = client->answered || is_ok(bytes, (size_t)length);
    if (!client->answered)
        return false;
    int64_t at = now();
    if (at < atomic_load(&crowd->shared->until))
        atomic_fetch_add(&crowd->shared->bytes, (uint64_t)length);
    for (const char *byte = bytes; byte < bytes + length; byte++) {
        if (*byte == '\n' && client->newline)
            take_event(crowd, client, at);
        client->newline = *byte == '\n';
    }
    return true;
}

static void poll_clients(struct crowd *crowd)
{
    struct epoll_event events[512];
    int ready = epoll_wait(crowd->poller, events, 512, 100);
    for (int i = 0; i < ready; i++) {
        struct client *client = events[i].data.ptr;
        if (take_bytes(crowd, client))
            continue;
        (void)close(client->fd);
        if (client->events == 0)
            crowd->opening--;
        atomic_fetch_add(&crowd->shared->broken, 1);
    }
}

static void open_stream(struct crowd *crowd, size_t i)
{
    struct client *client = &crowd->clients[i];
    *client = (struct client){.asked = now()};
    client->fd = ask(crowd->load, crowd->offset + i);
    wait_for(crowd->poller, client->fd, client);
    crowd->opening++;
}

/* Runs in a process of its own until the parent ends. */
static _Noreturn void listen_on(struct crowd *crowd)
{
    size_t opened = 0;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    crowd->poller = open_poller();
    crowd->clients = calloc(crowd->count, sizeof *crowd->clients);
    if (crowd->clients == NULL)
        give_up("memory");
    while (opened < crowd->count || crowd->opening > 0) {
        while (opened < crowd->count && crowd->opening < crowd->at_once)
            open_stream(crowd, opened++);
        poll_clients(crowd);
    }
    atomic_fetch_add(&crowd->shared->ready, 1);
    for (;;)
        poll_clients(crowd);
}

static size_t processes_for(size_t count)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur <= SPARE)
        give_up("descriptors");
    size_t each = (size_t)limit.rlim_cur - SPARE;
    return (count + each - 1) / each;
}

/* The clients of process `i`. The processes' numbers of clients differ by at most one. */
static struct crowd crowd_of(const struct load *load, struct shared *shared, size_t count, size_t processes, size_t i)
{
    size_t offset = count * i / processes;
    size_t at_once = AT_ONCE / processes;
    return (struct crowd){.load = load,
                          .shared = shared,
                          .offset = offset,
                          .count = count * (i + 1) / processes - offset,
                          .at_once = at_once > 0 ? at_once : 1};
}

static void sleep_until(int64_t deadline)
{
    struct timespec time = {.tv_sec = deadline / SECOND, .tv_nsec = deadline % SECOND};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) == EINTR)
        ;
}

/* A process that has ended has failed and printed the reason. */
static void wait_until_ready(struct shared *shared, size_t processes)
{
    for (int64_t end = now() + OPENING_MOST * (int64_t)SECOND; atomic_load(&shared->ready) < processes;) {
        if (waitpid(-1, NULL, WNOHANG) > 0)
            exit(111);
        if (now() > end) {
            errno = ETIMEDOUT;
            give_up("opening the streams");
        }
        sleep_until(now() + SECOND / 100);
    }
}

/* Replaces the time of each message by its lateness in microseconds. Returns the number of messages. */
static size_t reckon(struct shared *shared)
{
    size_t lates = 0;
    for (size_t i = 0; i < shared->count; i++)
        for (size_t k = i * shared->room; k < (i + 1) * shared->room && shared->began[k] != 0; k++)
            shared->began[lates++] = (shared->began[k] - shared->earliest[i]) / 1000;
    return lates;
}

static void measure(struct shared *shared, int64_t seconds)
{
    puts("ready");
    (void)fflush(stdout);
    int64_t until = now() + seconds * SECOND;
    atomic_store(&shared->until, until);
    sleep_until(until + SECOND / 5);
    printf("clients %zu\nbroken %zu\nevents %llu\nbytes %llu\n", shared->count, atomic_load(&shared->broken),
           (unsigned long long)atomic_load(&shared->events), (unsigned long long)atomic_load(&shared->bytes));
    print_quantiles("first", shared->first_us, shared->count);
    print_quantiles("late", shared->began, reckon(shared));
    puts("measured");
    (void)fflush(stdout);
}

int streams(const struct load *load, size_t count, int64_t seconds)
{
    struct shared *shared = share(count, seconds);
    size_t processes = processes_for(count);
    char byte;
    for (size_t i = 0; i < processes; i++) {
        struct crowd crowd = crowd_of(load, shared, count, processes, i);
        pid_t child = fork();
        if (child < 0)
            give_up("fork");
        if (child == 0)
            listen_on(&crowd);
    }
    wait_until_ready(shared, processes);
    measure(shared, seconds);
    while (read(STDIN_FILENO, &byte, 1) > 0)
        ;
    return atomic_load(&shared->broken) > 0;
}
