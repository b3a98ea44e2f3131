/* The JSON of /status. */
#include "check.h"
#include "scoreboard/status.h"

#include <stdio.h>
#include <string.h>

static struct client client(const char *peer, int64_t connected_at, uint64_t position)
{
    struct client client = {.connected_at = connected_at, .position = position};
    (void)snprintf(client.peer, sizeof client.peer, "%s", peer);
    return client;
}

static struct span json(struct client *clients, size_t count)
{
    static char room[4096];
    struct text text = text_in(room, sizeof room);
    text_string(&text, "{");
    for (size_t i = 0; i < count; i++) {
        text_string(&text, i > 0 ? "," : "");
        status_member(&text, &clients[i]);
    }
    text_string(&text, "}");
    return text_written(&text);
}

static void test_sorting_many(void)
{
    static struct client clients[LIMIT_CLIENTS];
    uint32_t random = 7;
    char peer[LIMIT_PEER];
    for (size_t i = 0; i < LIMIT_CLIENTS; i++) {
        random = random * 1664525 + 1013904223;
        (void)snprintf(peer, sizeof peer, "10.0.%u.%u:%zu", random >> 28, (random >> 20) & 255, 1000 + i);
        clients[i] = client(peer, 0, 1);
    }
    check(status_sort(clients, LIMIT_CLIENTS) == LIMIT_CLIENTS);
    for (size_t i = 1; i < LIMIT_CLIENTS; i++)
        check(strcmp(clients[i - 1].peer, clients[i].peer) < 0);
}

void test_status(void)
{
    struct client clients[] = {
        client("192.168.65.1:35305", INT64_C(1708035334537873958), 5),
        client("192.168.65.1:35299", INT64_C(1708035324241547551), 15),
    };
    size_t count = status_sort(clients, 2);
    check(count == 2 && status_length(clients, count) == 234); /* the length in the original description */
    check_bytes(json(clients, count),
                span_of("{\"192.168.65.1:35299\":{\"remote\":\"192.168.65.1:35299\",\"connectedAt\":"
                        "\"2024-02-15T22:15:24.241547551Z\",\"lastEventId\":15},"
                        "\"192.168.65.1:35305\":{\"remote\":\"192.168.65.1:35305\",\"connectedAt\":"
                        "\"2024-02-15T22:15:34.537873958Z\",\"lastEventId\":5}}"));
    check(status_sort(clients, 0) == 0 && status_length(clients, 0) == 2);
    struct client same[] = {client("a:1", 5, 9), client("b:1", 1, 1), client("a:1", 3, 8)};
    check(status_sort(same, 3) == 2 && same[0].position == 9 && same[1].position == 1);
    check(status_length(same, 2) == json(same, 2).length);
    struct client long_ones[] = {client("a:1", INT64_MAX, UINT64_MAX), client("a", -1, 0), client("aaaaaaa:1", 10, 10)};
    memcpy(long_ones[1].peer + 2, "z", 1); /* after the NUL, from another program */
    check(status_sort(long_ones, 3) == 3 && long_ones[0].position == 0 && long_ones[2].position == 10);
    check(status_length(long_ones, 3) == json(long_ones, 3).length);
    check(long_ones[0].peer[2] == '\0');
    test_sorting_many();
}
