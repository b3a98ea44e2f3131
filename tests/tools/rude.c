/*
 * Clients that misbehave: many at once send the same bytes and end in the same way.
 *
 *   rude PORT CLIENTS HOW [UNTIL] <BYTES
 *
 * They connect to 127.0.0.1 at PORT, send the bytes as fast as possible, and then do what HOW says:
 *   wait    read until the server ends the connection
 *   bytes   like wait, but client N sends the byte N instead of the first byte of UNTIL
 *   half    end their sending side, then read until the server ends the connection
 *   drip    like wait, but send only one byte every 20 ms
 *   reset   read until UNTIL has arrived (without UNTIL: do not read), then reset the connection
 *   close   like reset, but close the connection
 *   stall   never read, with a small receive buffer, until this program is killed or the server resets
 * Prints what the clients have read, one client after the other, except for reset and close with UNTIL. Exit 1 after 25
 * seconds, 2 if a system call failed.
 */
#include "tool.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CLIENTS_MOST = 1000, BYTES_MOST = 8 << 20, TIME_MS = 25000, DRIP_MS = 20, SMALL_ROOM = 2048 };

static struct client {
    int fd; /* -1: it has ended */
    bool sent_all;
    size_t sent, received, room;
    char *answer;
} clients[CLIENTS_MOST];

static char bytes[BYTES_MOST];
static size_t length, count, open_clients;
static const char *how, *until;
static char *mark; /* the byte in `bytes` that is different for each client, or NULL */

static bool is(const char *name)
{
    return strcmp(how, name) == 0;
}

static void connect_client(struct client *client, uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int room = SMALL_ROOM;
    client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->fd < 0 || (is("stall") && setsockopt(client->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room) != 0) ||
        connect(client->fd, (struct sockaddr *)&address, sizeof address) != 0)
        give_up("connect");
    open_clients++;
}

static void disconnect(struct client *client, bool abruptly)
{
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    if (abruptly && setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) != 0)
        give_up("SO_LINGER");
    (void)close(client->fd);
    client->fd = -1;
    open_clients--;
}

static void send_some(struct client *client)
{
    size_t left = length - client->sent;
    if (mark != NULL)
        *mark = (char)(client - clients);
    ssize_t sent =
        send(client->fd, bytes + client->sent, is("drip") && left > 0 ? 1 : left, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
        client->sent = length; /* the server takes no more; it may have sent the reason */
    else if (sent >= 0)
        client->sent += (size_t)sent;
    if (client->sent < length || client->sent_all)
        return;
    client->sent_all = true;
    if (is("half"))
        (void)shutdown(client->fd, SHUT_WR);
}

/* Reads what has arrived. Returns true if the server has ended the connection. */
static bool read_some(struct client *client)
{
    if (client->room - client->received < 65536) {
        client->room = client->room * 2 + 131072;
        client->answer = realloc(client->answer, client->room);
        if (client->answer == NULL)
            give_up("memory");
    }
    ssize_t got =
        recv(client->fd, client->answer + client->received, client->room - client->received - 1, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (got > 0)
        client->received += (size_t)got;
    return got <= 0;
}

static bool has_seen(const struct client *client)
{
    return client->received > 0 && memmem(client->answer, client->received, until, strlen(until)) != NULL;
}

/* What a client does when its socket is ready. */
static void act(struct client *client, short events)
{
    bool breaks = is("reset") || is("close");
    if (!client->sent_all && (events & (POLLOUT | POLLERR | POLLHUP)) != 0)
        send_some(client);
    if (is("stall") && (events & (POLLERR | POLLHUP)) != 0)
        disconnect(client, true);
    bool reads = !is("stall") && (!breaks || until != NULL);
    bool ended = reads && (events & (POLLIN | POLLERR | POLLHUP)) != 0 && read_some(client);
    if (ended || (breaks && client->sent_all && (until == NULL || has_seen(client))))
        disconnect(client, is("reset"));
}

static void poll_clients(void)
{
    static struct pollfd polls[CLIENTS_MOST];
    for (size_t i = 0; i < count; i++) {
        short in = is("stall") ? 0 : POLLIN;
        short out = clients[i].sent_all || is("drip") ? 0 : POLLOUT;
        polls[i] = (struct pollfd){.fd = clients[i].fd, .events = (short)(in | out)};
    }
    if (poll(polls, count, is("drip") ? DRIP_MS : 200) < 0 && errno != EINTR)
        give_up("poll");
    for (size_t i = 0; i < count; i++)
        if (polls[i].fd >= 0 && polls[i].revents != 0)
            act(&clients[i], polls[i].revents);
}

/* Sends one byte from each client every DRIP_MS. */
static void drip(int64_t *deadline)
{
    if (now_ms() < *deadline)
        return;
    *deadline = now_ms() + DRIP_MS;
    for (size_t i = 0; i < count; i++)
        if (clients[i].fd >= 0 && !clients[i].sent_all)
            send_some(&clients[i]);
}

int main(int argc, char **argv)
{
    if (argc < 4 || argc > 5)
        return 2;
    count = (size_t)atoi(argv[2]) < CLIENTS_MOST ? (size_t)atoi(argv[2]) : CLIENTS_MOST;
    how = argv[3];
    until = argc == 5 ? argv[4] : NULL;
    length = fread(bytes, 1, sizeof bytes, stdin);
    mark = is("bytes") && until != NULL ? memmem(bytes, length, until, strlen(until)) : NULL;
    int64_t end = now_ms() + TIME_MS, deadline = 0;
    for (size_t i = 0; i < count; i++)
        connect_client(&clients[i], (uint16_t)atoi(argv[1]));
    while (open_clients > 0 && now_ms() < end) {
        poll_clients();
        if (is("drip"))
            drip(&deadline);
    }
    for (size_t i = 0; i < count && (until == NULL || mark != NULL); i++)
        if (clients[i].received > 0)
            (void)fwrite(clients[i].answer, 1, clients[i].received, stdout);
    if (open_clients > 0)
        fprintf(stderr, "%zu of %zu clients are still connected\n", open_clients, count);
    return open_clients > 0;
}
