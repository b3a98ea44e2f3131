#include "scoreboard/status.h"

#include "base/calendar.h"

#include <string.h>

/* By peer, then by time: status_sort() keeps the last of equal peers. */
static bool is_before(const struct client *one, const struct client *other)
{
    int order = strcmp(one->peer, other->peer);
    return order != 0 ? order < 0 : one->connected_at < other->connected_at;
}

/* Inserts `client` into the heap below `root`, whose place is free. */
static void sift_down(struct client *clients, size_t root, size_t count, const struct client *client)
{
    for (size_t child; (child = root * 2 + 1) < count; root = child) {
        if (child + 1 < count && is_before(&clients[child], &clients[child + 1]))
            child++;
        if (!is_before(client, &clients[child]))
            break;
        clients[root] = clients[child];
    }
    clients[root] = *client;
}

/*
 * Heap sort, in place. Not qsort(3): for 32,000 clients glibc 2.36 calls sysinfo, getrandom, mmap and munmap, and the
 * sandbox (confine/filter.c) kills a process for three of them.
 */
static void heap_sort(struct client *clients, size_t count)
{
    struct client kept;
    for (size_t root = count / 2; root > 0; root--) {
        kept = clients[root - 1];
        sift_down(clients, root - 1, count, &kept);
    }
    for (size_t left = count; left > 1; left--) {
        kept = clients[left - 1];
        clients[left - 1] = clients[0];
        sift_down(clients, 0, left - 1, &kept);
    }
}

size_t status_sort(struct client *clients, size_t count)
{
    size_t kept = 0;
    heap_sort(clients, count);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || strcmp(clients[i].peer, clients[i + 1].peer) != 0)
            clients[kept++] = clients[i];
    return kept;
}

void status_member(struct text *text, const struct client *client)
{
    text_string(text, "\"");
    text_string(text, client->peer);
    text_string(text, "\":{\"remote\":\"");
    text_string(text, client->peer);
    text_string(text, "\",\"connectedAt\":\"");
    calendar_rfc3339(text, client->connected_at);
    text_string(text, "\",\"lastEventId\":");
    text_number(text, client->position);
    text_string(text, "}");
}

uint64_t status_length(const struct client *clients, size_t count)
{
    uint64_t length = count > 0 ? 2 + (count - 1) : 2; /* braces and commas */
    for (size_t i = 0; i < count; i++) {
        char room[STATUS_MEMBER_ROOM];
        struct text text = text_in(room, sizeof room);
        status_member(&text, &clients[i]);
        length += text.length;
    }
    return length;
}
