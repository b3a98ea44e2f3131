/*
 * Streams with RECORDED different waits, one stream after the other. Write k is one byte, and due after the first k
 * waits. As in load_streams.c, the most punctual write of a stream defines its beginning, and lateness counts from
 * there.
 */
#include "load.h"

#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

enum { STREAMS_MOST = 20, WRITES = RECORDED + 1 };

size_t recorded_target(char *room, size_t size)
{
    size_t length = (size_t)snprintf(room, size, "/stream?framing=close&split=1&raw=");
    for (int k = 0; k < WRITES && length < size; k++)
        room[length++] = 'x';
    for (int k = 1; k < WRITES && length < size; k++)
        length += (size_t)snprintf(room + length, size - length, "%s%d.%02dms",
                                   k > 1 ? "," : "&gap=", RECORDED_WAIT_US(k) / 1000, RECORDED_WAIT_US(k) % 1000 / 10);
    return length;
}

/* The length of the head that the bytes begin with; 0: it is not complete. */
static size_t head_length(const char *bytes, size_t length)
{
    for (size_t i = 4; i <= length; i++)
        if (bytes[i - 4] == '\r' && bytes[i - 3] == '\n' && bytes[i - 2] == '\r' && bytes[i - 1] == '\n')
            return i;
    return 0;
}

/* Reads a stream to its end. Writes the lateness of each write, us, to `late`. Returns how many there were. */
static size_t read_recorded(const struct load *load, int64_t *late)
{
    static char bytes[4096 + WRITES];
    size_t length = 0, seen = 0, head = 0;
    int64_t due = 0, earliest = INT64_MAX;
    int fd = ask(load, 0);
    for (ssize_t got; length < sizeof bytes && (got = recv(fd, bytes + length, sizeof bytes - length, 0)) > 0;) {
        int64_t at = now();
        length += (size_t)got;
        head = head > 0 ? head : head_length(bytes, length);
        for (; head > 0 && head + seen < length && seen < WRITES; seen++) {
            due += seen > 0 ? RECORDED_WAIT_US(seen) * (int64_t)1000 : 0;
            late[seen] = at - due;
            earliest = late[seen] < earliest ? late[seen] : earliest;
        }
    }
    (void)close(fd);
    for (size_t i = 0; i < seen; i++)
        late[i] = (late[i] - earliest) / 1000;
    return is_ok(bytes, length) ? seen : 0;
}

int recorded(const struct load *load, size_t count)
{
    static int64_t late[STREAMS_MOST * WRITES];
    size_t writes = 0;
    bool is_whole = true;
    for (size_t i = 0; i < count && i < STREAMS_MOST; i++) {
        size_t read = read_recorded(load, late + writes);
        is_whole = is_whole && read == WRITES;
        writes += read;
    }
    print_quantiles("recorded", late, writes);
    return is_whole ? 0 : 1;
}
