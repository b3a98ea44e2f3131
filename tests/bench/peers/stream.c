/*
 * A peer in C, the physical limit: one process, one epoll instance, one small record per connection. Arguments: PORT.
 *
 * All streams wait a second between two messages, so the queue is sorted by deadline: who was served goes to its end.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define HEAD "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
#define MESSAGE "id: message-%u\ndata: {\ndata:   \"time\": %lld,\ndata:   \"random\": \"%08lx%08lx\"\ndata: }\n\n"
#define SECOND 1000000000LL

struct client {
    int fd;
    unsigned number; /* of the next message; 0: the request was not read yet */
    char is_queued, is_flood;
    long long deadline;
    STAILQ_ENTRY(client) next;
};

static STAILQ_HEAD(, client) queue = STAILQ_HEAD_INITIALIZER(queue);

static long long now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * SECOND + time.tv_nsec;
}

static size_t make_message(char *text, size_t size, unsigned number)
{
    return (size_t)snprintf(text, size, MESSAGE, number, (long long)time(NULL), random(), random());
}

static void watch(int poller, int operation, struct client *client, unsigned events)
{
    struct epoll_event event = {.events = events, .data.ptr = client};
    (void)epoll_ctl(poller, operation, client->fd, &event);
}

/* A client in the queue is freed when its turn comes. */
static void drop(struct client *client)
{
    (void)close(client->fd);
    client->fd = -1;
    if (!client->is_queued)
        free(client);
}

static void enqueue(struct client *client, long long deadline)
{
    client->deadline = deadline;
    client->is_queued = 1;
    STAILQ_INSERT_TAIL(&queue, client, next);
}

/* Only one client asks for this. Its messages are made once and sent again and again, as the floor does. */
static void flood(struct client *client)
{
    static char text[65536];
    static size_t length, sent;
    while (length < sizeof text - 256)
        length += make_message(text + length, sizeof text - length, client->number++);
    ssize_t written = send(client->fd, text + sent, length - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (written < 0)
        drop(client);
    else
        sent = (sent + (size_t)written) % length;
}

static void answer(int poller, struct client *client)
{
    char request[4096], text[512];
    ssize_t length = recv(client->fd, request, sizeof request - 1, MSG_DONTWAIT);
    if (length <= 0) {
        drop(client);
        return;
    }
    request[length] = '\0';
    struct sockaddr_in peer;
    (void)getpeername(client->fd, (struct sockaddr *)&peer, &(socklen_t){sizeof peer});
    int written = snprintf(text, sizeof text, HEAD "id: hello\ndata: Hello, %s:%u!\n\n", inet_ntoa(peer.sin_addr),
                           (unsigned)ntohs(peer.sin_port));
    (void)send(client->fd, text, (size_t)written, MSG_NOSIGNAL);
    client->number = 1;
    client->is_flood = strstr(request, "interval=0") != NULL;
    if (strstr(request, "count=0") != NULL)
        drop(client);
    else if (client->is_flood)
        watch(poller, EPOLL_CTL_MOD, client, EPOLLOUT);
    else
        enqueue(client, now() + SECOND);
}

/* Serves all whose deadline has passed. Returns the nanoseconds until the next one. */
static long long serve_queue(void)
{
    for (struct client *client; (client = STAILQ_FIRST(&queue)) != NULL;) {
        char text[256];
        if (client->deadline > now())
            return client->deadline - now();
        STAILQ_REMOVE_HEAD(&queue, next);
        client->is_queued = 0;
        if (client->fd < 0)
            free(client);
        else if (send(client->fd, text, make_message(text, sizeof text, client->number++), MSG_NOSIGNAL) < 0)
            drop(client);
        else
            enqueue(client, client->deadline + SECOND);
    }
    return SECOND;
}

static void accept_all(int listener, int poller)
{
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) >= 0;) {
        struct client *client = calloc(1, sizeof *client);
        if (client == NULL)
            exit(111);
        client->fd = fd;
        watch(poller, EPOLL_CTL_ADD, client, EPOLLIN);
    }
}

static int listen_at(unsigned port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((unsigned short)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 65535) != 0) {
        perror("listen");
        exit(111);
    }
    return listener;
}

int main(int argc, char **argv)
{
    struct client self = {.fd = listen_at(argc > 1 ? (unsigned)atoi(argv[1]) : 0)};
    int poller = epoll_create1(EPOLL_CLOEXEC);
    watch(poller, EPOLL_CTL_ADD, &self, EPOLLIN);
    for (;;) {
        struct epoll_event events[256];
        long long left = serve_queue();
        struct timespec wait = {left / SECOND, left % SECOND};
        int ready = epoll_pwait2(poller, events, 256, &wait, NULL);
        for (int i = 0; i < ready; i++) {
            struct client *client = events[i].data.ptr;
            if (client == &self)
                accept_all(self.fd, poller);
            else if (client->is_flood)
                flood(client);
            else
                answer(poller, client);
        }
    }
}
