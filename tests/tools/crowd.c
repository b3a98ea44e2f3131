/*
 * Clients that connect and close at random, while /status is requested repeatedly and checked.
 *
 *   crowd PORT CLIENTS SECONDS [SERVER]
 *
 * At most CLIENTS streams to 127.0.0.1 at PORT are open or recently closed. With SERVER, a process id, some of its
 * children are killed with SIGKILL. A response must be exactly formatted and sorted, and
 *   - list every client that had its hello before the request and is still open,
 *   - list no client whose stream ended before the request, or that closed more than LEAVE_MS before it,
 *   - give each client a position that fits what it has received.
 * Prints the number of checked responses. Exit 1 at the first wrong one, 2 if a system call failed.
 */
#include "tool.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    MOST = 2000,
    LEAVE_MS =
        4000, /* a process notices a closed client at its next message, after 1 s; the rest is for slow machines */
    ANSWER_ROOM = 1 << 20,
};

static struct client {
    int fd; /* -1: none */
    unsigned port;
    bool hello;
    uint64_t messages; /* received */
    int64_t left_at;   /* ms: the client closed */
    bool ended;        /* the server ended it: it must no longer be listed */
    bool listed;       /* in the current response */
    char tail[16];     /* the last bytes received, which may begin the end of an event */
} clients[MOST];

static uint16_t server_port;
static size_t crowd;
static bool killing; /* streams may end early */

static _Noreturn void wrong(const char *what, unsigned port)
{
    fprintf(stderr, "/status is wrong: %s (127.0.0.1:%u)\n", what, port);
    exit(1);
}

static int connect_to_server(unsigned *port)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    int fd = connect_to(server_port);
    if (getsockname(fd, (struct sockaddr *)&address, &length) != 0)
        give_up("getsockname");
    *port = ntohs(address.sin_port);
    return fd;
}

static void send_all(int fd, const char *bytes)
{
    if (send(fd, bytes, strlen(bytes), MSG_NOSIGNAL) != (ssize_t)strlen(bytes))
        give_up("send");
}

static struct client *find(unsigned port)
{
    struct client *found = NULL;
    for (size_t i = 0; i < crowd; i++)
        if (clients[i].port == port && (found == NULL || clients[i].fd >= 0))
            found = &clients[i];
    return found;
}

static void connect_client(struct client *client)
{
    *client = (struct client){.fd = connect_to_server(&client->port), .port = client->port};
    for (size_t i = 0; i < crowd; i++) /* the port of a closed client may be in use again */
        if (&clients[i] != client && clients[i].port == client->port)
            clients[i].port = 0;
    send_all(client->fd, "GET /stream HTTP/1.1\r\nHost: crowd\r\n\r\n");
}

static void disconnect(struct client *client, bool abruptly)
{
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    if (abruptly)
        (void)setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    (void)close(client->fd);
    client->fd = -1;
    client->left_at = now_ms();
}

static void end(struct client *client)
{
    if (!killing)
        wrong("the server ended a stream", client->port);
    (void)close(client->fd);
    client->fd = -1;
    client->ended = true;
}

static size_t count(const char *bytes, const char *what)
{
    size_t times = 0;
    for (; (bytes = strstr(bytes, what)) != NULL; bytes++)
        times++;
    return times;
}

/* Counts the ends of events, "}\n\n", in what has arrived. */
static void listen_to(struct client *client)
{
    char bytes[16384 + 16];
    size_t kept = strlen(client->tail);
    memcpy(bytes, client->tail, kept);
    ssize_t length = recv(client->fd, bytes + kept, sizeof bytes - 1 - kept, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (length <= 0) {
        end(client);
        return;
    }
    bytes[kept + (size_t)length] = '\0';
    client->messages += count(bytes, "}\n\n");
    client->hello |= count(bytes, "!\n\n") > 0;
    size_t all = kept + (size_t)length;
    size_t keep = all < 2 ? all : 2;
    memcpy(client->tail, bytes + all - keep, keep);
    client->tail[keep] = '\0';
}

static void listen_to_all(int ms)
{
    struct pollfd polls[MOST];
    for (size_t i = 0; i < crowd; i++)
        polls[i] = (struct pollfd){.fd = clients[i].fd, .events = POLLIN};
    if (poll(polls, crowd, ms) < 0 && errno != EINTR)
        give_up("poll");
    for (size_t i = 0; i < crowd; i++)
        if (polls[i].revents != 0)
            listen_to(&clients[i]);
}

static char *get_status(char *answer)
{
    unsigned port;
    size_t length = 0;
    int fd = connect_to_server(&port);
    send_all(fd, "GET /status HTTP/1.0\r\n\r\n");
    for (ssize_t got; (got = recv(fd, answer + length, ANSWER_ROOM - 1 - length, 0)) != 0; length += (size_t)got)
        if (got < 0)
            give_up("recv");
    (void)close(fd);
    answer[length] = '\0';
    char *body = strstr(answer, "\r\n\r\n");
    const char *announced = strstr(answer, "Content-Length: ");
    if (strncmp(answer, "HTTP/1.0 200 ", 13) != 0 || body == NULL || announced == NULL)
        wrong("the status is not 200", port);
    if (strtoul(announced + 16, NULL, 10) != strlen(body + 4))
        wrong("Content-Length", port);
    return body + 4;
}

static void check_member(unsigned port, unsigned long long position, int64_t asked_at)
{
    struct client *client = find(port);
    if (client == NULL)
        wrong("lists an address that never connected", port);
    if (client->listed)
        wrong("lists a client twice", port);
    if (client->ended)
        wrong("lists a stream that has ended", port);
    if (client->fd < 0 && asked_at - client->left_at > LEAVE_MS)
        wrong("lists a client that closed long ago", port);
    if (position < client->messages + 1)
        wrong("position is before the client's last message", port);
    client->listed = true;
}

/* Checks the form and the order of the members. */
static void check_json(const char *at, int64_t asked_at)
{
    char last[32] = "", peer[32], form[128];
    if (*at++ != '{')
        wrong("not an object", 0);
    while (*at == '"') {
        unsigned port, port_again, year;
        unsigned long long position;
        int length = 0;
        if (sscanf(
                at,
                "\"127.0.0.1:%u\":{\"remote\":\"127.0.0.1:%u\",\"connectedAt\":\"%4u-%*2u-%*2uT%*2u:%*2u:%*[0-9.]Z\","
                "\"lastEventId\":%llu}%n",
                &port, &port_again, &year, &position, &length) != 4 ||
            length == 0 || port != port_again)
            wrong("malformed member", 0);
        (void)snprintf(peer, sizeof peer, "127.0.0.1:%u", port);
        (void)snprintf(form, sizeof form, "\"%s\":{\"remote\":\"%s\",\"connectedAt\":\"%u-", peer, peer, year);
        if (strncmp(at, form, strlen(form)) != 0 || strcmp(last, peer) >= 0)
            wrong("not sorted, or not in the exact form", port);
        (void)snprintf(last, sizeof last, "%s", peer);
        check_member(port, position, asked_at);
        at += length;
        if (*at == ',' && at[1] == '"')
            at++;
    }
    if (strcmp(at, "}") != 0)
        wrong("does not end", 0);
}

/* A client that is not listed was killed. It sees this a little later, because the kernel closes the socket last. */
static bool has_ended(struct client *client)
{
    for (int64_t until = now_ms() + 2000; client->fd >= 0 && now_ms() < until;) {
        struct pollfd poll_fd = {.fd = client->fd, .events = POLLIN};
        if (poll(&poll_fd, 1, 100) > 0)
            listen_to(client);
    }
    return client->fd < 0;
}

/* Returns how many clients must have been listed. */
static size_t check_status(void)
{
    static char answer[ANSWER_ROOM];
    static bool sure[MOST];
    size_t there = 0;
    listen_to_all(0);
    for (size_t i = 0; i < crowd; i++) {
        clients[i].listed = false;
        sure[i] = clients[i].fd >= 0 && clients[i].hello;
        there += sure[i];
    }
    int64_t asked_at = now_ms();
    char *body = get_status(answer);
    check_json(body, asked_at);
    for (size_t i = 0; i < crowd; i++)
        if (sure[i] && !clients[i].listed && !has_ended(&clients[i]))
            wrong("does not list a connected client", clients[i].port);
    return there;
}

/* Waits until no client of an earlier crowd is listed. */
static void wait_until_empty(void)
{
    static char answer[ANSWER_ROOM];
    int64_t until = now_ms() + LEAVE_MS;
    while (strcmp(get_status(answer), "{}") != 0)
        if (now_ms() > until)
            wrong("lists a client before any has connected", 0);
}

int main(int argc, char **argv)
{
    unsigned answers = 0, came = 0, left = 0;
    size_t most = 0;
    if (argc < 4 || argc > 5)
        return 2;
    server_port = (uint16_t)atoi(argv[1]);
    crowd = (size_t)atoi(argv[2]) < MOST ? (size_t)atoi(argv[2]) : MOST;
    killing = argc == 5;
    for (size_t i = 0; i < crowd; i++)
        clients[i] = (struct client){.fd = -1};
    srand(1);
    wait_until_empty();
    for (int64_t until = now_ms() + 1000 * (int64_t)atoi(argv[3]); now_ms() < until; answers++) {
        for (int i = 0; i < 40; i++) {
            struct client *client = &clients[(size_t)rand() % crowd];
            if (client->fd < 0 && (client->left_at == 0 || now_ms() - client->left_at > LEAVE_MS || client->ended)) {
                connect_client(client);
                came++;
            } else if (client->fd >= 0 && rand() % 30 == 0) {
                disconnect(client, rand() % 2 == 0);
                left++;
            }
            listen_to_all(0);
        }
        if (killing && rand() % 3 == 0)
            (void)kill_child_of(argv[4]);
        listen_to_all(5);
        size_t there = check_status();
        most = there > most ? there : most;
    }
    printf("%u answers true, of up to %zu clients; %u came, %u left\n", answers, most, came, left);
    return answers == 0;
}
