/* The JSON of the clients. Nothing fails. */
#include "scoreboard/status.h"

#include "base/calendar.h"

#include <string.h>

/* Clears what follows the peer's NUL, for compare_peers(). */
static void clear_tail(struct client *client)
{
    size_t length = strlen(client->peer);
    memset(client->peer + length, 0, sizeof client->peer - length);
}

/* Eight bytes as a number in which the first one counts most. */
static uint64_t word_at(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? word : __builtin_bswap64(word);
}

/* Like strcmp(3), eight bytes at a time. With strcmp(3), 20,000 clients take 100 million instructions instead of 70. */
static int compare_peers(const struct client *one, const struct client *other)
{
    for (size_t i = 0; i < LIMIT_PEER; i += 8) {
        uint64_t word = word_at(one->peer + i), other_word = word_at(other->peer + i);
        if (word != other_word)
            return word < other_word ? -1 : 1;
    }
    return 0;
}

/* By peer, then by time: status_sort() keeps the last of equal peers. */
static bool is_before(const struct client *one, const struct client *other)
{
    int order = compare_peers(one, other);
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
    for (size_t i = 0; i < count; i++)
        clear_tail(&clients[i]);
    heap_sort(clients, count);
    for (size_t i = 0; i < count; i++)
        if (i + 1 == count || compare_peers(&clients[i], &clients[i + 1]) != 0)
            clients[kept++] = clients[i];
    return kept;
}

void status_member(struct text *text, const struct client *client)
{
    const struct span peer = span_of(client->peer);
    text_string(text, "\"");
    text_span(text, peer);
    text_string(text, "\":{\"remote\":\"");
    text_span(text, peer);
    text_string(text, "\",\"connectedAt\":\"");
    calendar_rfc3339(text, client->connected_at);
    text_string(text, "\",\"lastEventId\":");
    text_number(text, client->position);
    text_string(text, "}");
}

/* By arithmetic: 20,000 clients would take 98 million instructions instead of 70 if each member were made twice. */
uint64_t status_length(const struct client *clients, size_t count)
{
    uint64_t length = count > 0 ? 2 + (count - 1) : 2; /* braces and commas */
    for (size_t i = 0; i < count; i++) {
        length += sizeof "\"\":{\"remote\":\"\",\"connectedAt\":\"\",\"lastEventId\":}" - 1;
        length += strlen(clients[i].peer) * 2 + calendar_rfc3339_length(clients[i].connected_at) +
                  text_number_length(clients[i].position);
    }
    return length;
}
