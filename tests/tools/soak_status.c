/*
 * Checks /status. A response must be exactly formatted and sorted, and
 *   - list every client that had its hello before the request and is still open,
 *   - list no client whose stream ended before the request, or that closed more than LEAVE_MS before it,
 *   - give each client a position that fits what it has received and how long it has been connected.
 * For HEAL_MS after the shared file was damaged it may also be a 503, and the list may be incomplete.
 */
#include "soak.h"

#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_ROOM = 8 << 20 };

/* The latest client at each address and port. */
static struct {
    int32_t client;  /* its index plus 1, or a value of the enum below */
    int32_t listed;  /* the number of the last check that listed it */
    int64_t left_at; /* ms */
} peers[ADDRESSES][1 << 16];

enum { NEVER_WAS = 0, LEFT = -1, ENDED = -2 };

static char answer[ANSWER_ROOM];

void remember_open(const struct client *client)
{
    peers[client->address][client->port].client = (int32_t)(client - clients) + 1;
}

void remember_left(const struct client *client, bool ended)
{
    peers[client->address][client->port].client = ended ? ENDED : LEFT;
    peers[client->address][client->port].left_at = now_ms();
}

/* The body of a whole response, or NULL. Valid until the next call. */
static char *get_status(void)
{
    unsigned port;
    size_t length = 0;
    int fd = connect_from((unsigned)rand() % ADDRESSES, &port);
    send_all(fd, "GET /status HTTP/1.0\r\n\r\n");
    for (ssize_t got; (got = recv(fd, answer + length, ANSWER_ROOM - 1 - length, 0)) > 0;)
        length += (size_t)got;
    (void)close(fd);
    answer[length] = '\0';
    char *body = strstr(answer, "\r\n\r\n");
    const char *announced = strstr(answer, "Content-Length: ");
    if (strncmp(answer, "HTTP/1.0 200 ", 13) != 0 || body == NULL || announced == NULL ||
        strtoul(announced + 16, NULL, 10) != strlen(body + 4))
        return NULL;
    return body + 4;
}

bool status_is_empty(void)
{
    const char *body = get_status();
    return body != NULL && strcmp(body, "{}") == 0;
}

static void check_member(unsigned address, unsigned port, uint64_t position, int64_t asked_at)
{
    int32_t number = peers[address][port].client;
    struct client *client = number > 0 ? &clients[number - 1] : NULL;
    struct client stranger = {.address = address, .port = port};
    if (number == NEVER_WAS)
        wrong(&figures.wrong, &stranger, "/status lists an address that never connected");
    if (peers[address][port].listed == (int32_t)figures.checks)
        wrong(&figures.wrong, &stranger, "/status lists a client twice");
    if (number == ENDED)
        wrong(&figures.wrong, &stranger, "/status lists a stream that has ended");
    if (number == LEFT && asked_at - peers[address][port].left_at > LEAVE_MS)
        wrong(&figures.wrong, &stranger, "/status lists a client that closed long ago");
    if (client != NULL && position < client->next)
        wrong(&figures.wrong, client, "/status has a position before the client's last message");
    if (client != NULL && (int64_t)(position - client->first) > (now_ms() - client->came_at) / 1000)
        wrong(&figures.wrong, client, "/status has a position that is not due yet");
    peers[address][port].listed = (int32_t)figures.checks;
}

/* Checks the form and the order of the members. Returns their number. */
static size_t check_json(const char *at, int64_t asked_at)
{
    char last[32] = "", peer[32], form[128];
    size_t members = 0;
    if (*at++ != '{')
        wrong(&figures.wrong, NULL, "/status is not an object");
    for (; *at == '"'; members++) {
        unsigned address, port, year;
        uint64_t position;
        int length = 0;
        if (sscanf(at,
                   "\"127.0.0.%u:%u\":{\"remote\":\"%*[0-9.:]\",\"connectedAt\":\"%4u-%*2u-%*2uT%*2u:%*2u:%*[0-9.]Z\","
                   "\"lastEventId\":%" SCNu64 "}%n",
                   &address, &port, &year, &position, &length) != 4 ||
            length == 0 || address < 1 || address > ADDRESSES || port > 65535)
            break;
        (void)snprintf(peer, sizeof peer, "127.0.0.%u:%u", address, port);
        (void)snprintf(form, sizeof form, "\"%s\":{\"remote\":\"%s\",\"connectedAt\":\"%u-", peer, peer, year);
        if (strncmp(at, form, strlen(form)) != 0 || strcmp(last, peer) >= 0)
            wrong(&figures.wrong, NULL, "/status is not sorted, or not in the exact form");
        (void)snprintf(last, sizeof last, "%s", peer);
        check_member(address - 1, port, position, asked_at);
        at += length;
        if (*at == ',' && at[1] == '"')
            at++;
    }
    if (strcmp(at, "}") != 0)
        wrong(&figures.wrong, NULL, "/status is not well-formed");
    return members;
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

void check_status(void)
{
    static bool sure[MOST];
    for (size_t i = 0; i < crowd; i++)
        sure[i] = clients[i].fd >= 0 && clients[i].greeted;
    int64_t asked_at = now_ms();
    const char *body = get_status();
    figures.checks++;
    if (body == NULL) {
        wrong(&figures.wrong, NULL, "/status did not answer a whole 200");
        return;
    }
    size_t members = check_json(body, asked_at);
    figures.most_listed = members > figures.most_listed ? members : figures.most_listed;
    for (size_t i = 0; i < crowd; i++)
        if (sure[i] && peers[clients[i].address][clients[i].port].listed != (int32_t)figures.checks &&
            !has_ended(&clients[i]))
            wrong(&figures.wrong, &clients[i], "/status does not list a connected client");
}

void check_damaged_status(void)
{
    if (get_status() == NULL && strncmp(answer, "HTTP/1.0 503 ", 13) != 0)
        wrong(&figures.wrong, NULL, "/status answered neither 200 nor 503 after damage");
}
