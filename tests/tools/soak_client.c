/* One client of the soak, which checks every byte that it receives. */
#include "soak.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef IP_BIND_ADDRESS_NO_PORT
#define IP_BIND_ADDRESS_NO_PORT 24
#endif

enum { GO_RAND_LETTERS = 16 };

static char first_seen[NUMBERS][GO_RAND_LETTERS]; /* the random string of each number, or zeros */

int connect_from(unsigned address, unsigned *port)
{
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + address)};
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(server_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof from;
    int one = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one) != 0 ||
        bind(fd, (struct sockaddr *)&from, sizeof from) != 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        give_up("connect");
    if (getsockname(fd, (struct sockaddr *)&from, &length) != 0)
        give_up("getsockname");
    *port = ntohs(from.sin_port);
    return fd;
}

void send_all(int fd, const char *bytes)
{
    if (send(fd, bytes, strlen(bytes), MSG_NOSIGNAL) != (ssize_t)strlen(bytes) && errno != EPIPE && errno != ECONNRESET)
        give_up("send");
}

/* Connects a client. 0: no `resume`, no `count`. */
void connect_client(struct client *client, uint64_t resume, uint64_t count)
{
    char request[256], query[40] = "", field[64] = "";
    uint64_t first = resume > 0 ? resume : 1;
    *client = (struct client){.fd = -1, .address = (unsigned)rand() % ADDRESSES, .first = first, .next = first};
    client->end = count > 0 ? first + count : 0;
    client->came_at = now_ms();
    client->fd = connect_from(client->address, &client->port);
    remember_open(client);
    if (count > 0)
        (void)snprintf(query, sizeof query, "?count=%" PRIu64, count);
    if (resume > 0)
        (void)snprintf(field, sizeof field, "Last-Event-ID: message-%" PRIu64 "\r\n", resume);
    (void)snprintf(request, sizeof request, "GET /stream%s HTTP/1.1\r\nHost: soak\r\n%s\r\n", query, field);
    send_all(client->fd, request);
    figures.connections++;
    figures.resumed += resume > 0;
}

void disconnect(struct client *client, bool abruptly)
{
    struct linger reset = {.l_onoff = 1, .l_linger = 0};
    if (abruptly && setsockopt(client->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset) != 0)
        give_up("SO_LINGER");
    remember_left(client, false);
    (void)close(client->fd);
    client->fd = -1;
}

/* The stream has ended. If not `whole`, its process was killed. */
static void end(struct client *client, bool whole)
{
    if (whole && (client->end == 0 || client->next != client->end))
        wrong(&figures.lost, client, "the server ended a stream before its count");
    figures.served += whole;
    figures.killed += !whole;
    remember_left(client, true);
    (void)close(client->fd);
    client->fd = -1;
}

static void take_hello(struct client *client, const char *event)
{
    char expected[96];
    (void)snprintf(expected, sizeof expected, "id: hello\ndata: Hello, 127.0.0.%u:%u!\n\n", client->address + 1,
                   client->port);
    if (strcmp(event, expected) != 0)
        wrong(&figures.lost, client, "the hello does not have the client's address");
    client->greeted = true;
    client->began_at = now_ms();
}

/* A message must arrive one second after the one before. Ignores those that a stalled client reads late. */
static void take_time(const struct client *client)
{
    int64_t deadline = client->began_at + 1000 * (int64_t)(client->next - client->first + 1);
    int64_t late = now_ms() - deadline;
    if (client->stalled_until != 0)
        return;
    figures.late += late > LATE_MS;
    if (late > figures.latest_ms)
        figures.latest_ms = late;
}

static void take_message(struct client *client, const char *event)
{
    char expected[256], letters[GO_RAND_LETTERS + 1];
    uint64_t number, seconds;
    if (sscanf(event,
               "id: message-%" SCNu64 "\ndata: {\ndata:   \"time\": %" SCNu64
               ",\ndata:   \"random\": \"%16[A-Za-z]\"\ndata: }\n\n",
               &number, &seconds, letters) != 3) {
        wrong(&figures.lost, client, "malformed message");
        return;
    }
    (void)snprintf(expected, sizeof expected,
                   "id: message-%" PRIu64 "\ndata: {\ndata:   \"time\": %" PRIu64
                   ",\ndata:   \"random\": \"%s\"\ndata: }\n\n",
                   number, seconds, letters);
    if (strcmp(event, expected) != 0)
        wrong(&figures.lost, client, "a message is not in the exact form");
    if (number != client->next)
        wrong(&figures.lost, client, number < client->next ? "a message came twice" : "a message is missing");
    char *seen = first_seen[number % NUMBERS];
    if (seen[0] == '\0')
        memcpy(seen, letters, GO_RAND_LETTERS);
    if (memcmp(seen, letters, GO_RAND_LETTERS) != 0)
        wrong(&figures.lost, client, "a random string differs from that of other clients");
    take_time(client);
    client->next = number + 1;
    figures.messages++;
}

/* Takes the head or a chunk at `at`. Returns its length, or 0 if it is incomplete. */
static size_t take_unit(struct client *client, char *at)
{
    char *after;
    if (!client->head_read) {
        after = strstr(at, "\r\n\r\n");
        if (after == NULL)
            return 0;
        if (strncmp(at, "HTTP/1.1 200 OK\r\n", 17) != 0)
            wrong(&figures.lost, client, "the status is not 200");
        client->head_read = true;
        return (size_t)(after - at) + 4;
    }
    size_t size = strtoul(at, &after, 16);
    if (strstr(at, "\r\n") == NULL || strlen(at) < (size_t)(after - at) + 4 + size)
        return 0;
    if (strncmp(after, "\r\n", 2) != 0 || strncmp(after + 2 + size, "\r\n", 2) != 0)
        wrong(&figures.lost, client, "a chunk is malformed");
    after[2 + size] = '\0';
    if (size == 0)
        end(client, true);
    else if (!client->greeted)
        take_hello(client, after + 2);
    else
        take_message(client, after + 2);
    return (size_t)(after - at) + 4 + size;
}

void listen_to(struct client *client)
{
    char bytes[sizeof client->pending + 32768 + 1];
    memcpy(bytes, client->pending, client->kept);
    ssize_t got = recv(client->fd, bytes + client->kept, 32768, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        end(client, false);
        return;
    }
    size_t length = client->kept + (size_t)got, at = 0;
    bytes[length] = '\0';
    for (size_t taken = 1; taken > 0 && client->fd >= 0 && at < length; at += taken)
        taken = take_unit(client, bytes + at);
    client->kept = length - at;
    if (client->kept > sizeof client->pending) {
        wrong(&figures.lost, client, "a chunk is too long");
        client->kept = 0;
    }
    memcpy(client->pending, bytes + at, client->kept);
    client->stalled_until = 0;
}
