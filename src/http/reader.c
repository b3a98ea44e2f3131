/*
 * Reading. The first byte of a request is waited for: a read that finds nothing sets errno, and then the process has
 * one more page of its own. Later bytes of a socket are read at once, because they are usually there; those of a pipe
 * are waited for, because its read(2) would block. Bytes that arrive too late, and too many bytes, end in a status. The
 * end of input before the first byte of a request does not.
 */
#include "http/reader.h"

#include "base/clock.h"
#include "base/wait.h"
#include "http/fields.h"
#include "http/target.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum read_result {
    READ_BYTES,
    READ_END, /* the client sends no more, or the connection broke */
    READ_LATE,
    READ_STOP,
};

void reader_open(struct reader *reader, int fd, bool is_socket)
{
    reader->fd = fd;
    reader->is_socket = is_socket;
    reader->first = true;
    reader->on_silence = NULL;
    reader->length = reader->head = reader->taken = 0;
}

static ssize_t read_now(const struct reader *reader, char *at, size_t room)
{
    return reader->is_socket ? recv(reader->fd, at, room, MSG_DONTWAIT) : read(reader->fd, at, room);
}

/* Waits for bytes. If the first wait of the connection is long, interrupts it once to report the silence. */
static enum wait wait_for_bytes(struct reader *reader, int64_t now, int64_t deadline)
{
    void (*on_silence)(void) = reader->on_silence;
    int64_t silence = now + LIMIT_SILENCE_MS * NS_PER_MS;
    reader->on_silence = NULL;
    if (on_silence != NULL && silence < deadline) {
        enum wait wait = wait_for(reader->fd, POLLIN, silence);
        if (wait != WAIT_DEADLINE)
            return wait;
        on_silence();
    }
    return wait_for(reader->fd, POLLIN, deadline);
}

/* At the deadline a socket is read once more: if it has nothing, the next look at the clock says that it is late. */
static enum read_result await_bytes(struct reader *reader, int64_t now, int64_t deadline)
{
    switch (wait_for_bytes(reader, now, deadline)) {
    case WAIT_READY:
        return READ_BYTES;
    case WAIT_DEADLINE:
        return reader->is_socket ? READ_BYTES : READ_LATE;
    case WAIT_STOP:
        return READ_STOP;
    case WAIT_GONE:
        break;
    }
    return READ_END;
}

/* Reads up to `room` bytes to `at` before `deadline` (monotonic, ns). *length is how many. */
static enum read_result get_bytes(struct reader *reader, char *at, size_t room, int64_t deadline, size_t *length)
{
    bool waits = !reader->is_socket || reader->length == 0;
    for (;;) {
        int64_t now = clock_monotonic();
        if (now >= deadline) /* if bytes keep arriving, no wait reports the deadline */
            return READ_LATE;
        enum read_result waited = waits ? await_bytes(reader, now, deadline) : READ_BYTES;
        if (waited != READ_BYTES)
            return waited;
        ssize_t count = read_now(reader, at, room);
        if (count >= 0) {
            *length = (size_t)count;
            return count > 0 ? READ_BYTES : READ_END;
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return READ_END;
        waits = true;
    }
}

static enum read_result get_more(struct reader *reader, int64_t deadline)
{
    size_t length = 0;
    enum read_result result =
        get_bytes(reader, reader->bytes + reader->length, sizeof reader->bytes - reader->length, deadline, &length);
    if (result == READ_BYTES)
        reader->length += length;
    return result;
}

/* Moves the bytes after `taken` to `to`. */
static void close_gap(struct reader *reader, size_t to)
{
    memmove(reader->bytes + to, reader->bytes + reader->taken, reader->length - reader->taken);
    reader->length -= reader->taken - to;
    reader->taken = to;
}

bool reader_has_more(const struct reader *reader)
{
    return reader->length > reader->taken;
}

/* The wait of no length keeps the read from setting errno. */
bool reader_is_unread(const struct reader *reader)
{
    char byte;
    if (reader_has_more(reader) || !reader->is_socket)
        return reader_has_more(reader);
    return wait_for(reader->fd, POLLIN, 0) != WAIT_DEADLINE && recv(reader->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

/* A request line with the longest accepted target, the longest known method and its line end. */
enum { LIMIT_REQUEST_LINE = LIMIT_TARGET + sizeof "OPTIONS  HTTP/1.1\r" };

/* Refuses an incomplete head that cannot become valid. Otherwise the client would wait for the timeout. */
static int check_head(const struct reader *reader, struct refusal *refusal)
{
    if (reader->length == 0)
        return 0;
    if (reader->bytes[0] == 0x16)
        return refuse(refusal, 400, "this is a TLS handshake; this server speaks plain HTTP");
    if (!fields_is_tchar(reader->bytes[0]) && reader->bytes[0] != '\r')
        return refuse(refusal, 400, "this is not an HTTP request: it does not begin with a method");
    if (reader->length >= LIMIT_REQUEST_LINE && memchr(reader->bytes, '\n', LIMIT_REQUEST_LINE) == NULL)
        return target_refuse_length(refusal);
    if (reader->head > LIMIT_HEAD || (reader->head == 0 && reader->length >= LIMIT_HEAD)) {
        int status = refuse(refusal, 431, "the request head is too long; maximum bytes: ");
        text_number(&refusal->reason, LIMIT_HEAD);
        return status;
    }
    return 0;
}

/* Sets reader->head to the length of the head, or 0 while it is incomplete. Returns 0 or a status. */
static int find_head(struct reader *reader, size_t *searched, struct refusal *refusal)
{
    if (*searched == 0) {
        reader->taken = request_skip_empty(reader->bytes, reader->length);
        close_gap(reader, 0);
        reader->taken = 0;
    }
    reader->head = request_head_length(reader->bytes, reader->length, *searched);
    if (reader->length > 1 ||
        (reader->length == 1 && reader->bytes[0] != '\r')) /* a lone CR may become an empty line */
        *searched = reader->length;
    return check_head(reader, refusal);
}

static int no_head(const struct reader *reader, enum read_result result, struct refusal *refusal)
{
    if (result == READ_STOP || (result == READ_END && reader->length == 0) ||
        (result == READ_LATE && reader->length == 0 && !reader->first))
        return READER_CLOSED;
    if (result == READ_LATE)
        return refuse(refusal, 408, "the request head did not arrive in time");
    return refuse(refusal, 400, "the request ends before its head; an empty line ends the head");
}

int reader_head(struct reader *reader, int64_t idle_ms, int64_t head_ms, struct span *head, struct refusal *refusal)
{
    size_t searched = 0;
    close_gap(reader, 0);
    reader->head = 0;
    bool idle = !reader->first && reader->length == 0;
    int64_t deadline = clock_monotonic() + (idle ? idle_ms : head_ms) * NS_PER_MS;
    for (;;) {
        int status = find_head(reader, &searched, refusal);
        if (status != 0)
            return status;
        if (reader->head > 0)
            break;
        enum read_result result = get_more(reader, deadline);
        if (result != READ_BYTES)
            return no_head(reader, result, refusal);
        if (idle)
            deadline = clock_monotonic() + head_ms * NS_PER_MS;
        idle = false;
    }
    reader->first = false;
    reader->taken = reader->head;
    *head = (struct span){reader->bytes, reader->head};
    return 0;
}

static int no_body(enum read_result result, struct refusal *refusal)
{
    if (result == READ_STOP)
        return READER_CLOSED;
    if (result == READ_LATE)
        return refuse(refusal, 408, "the request body did not arrive in time");
    return refuse(refusal, 400, "the request ends before its body");
}

int reader_body(struct reader *reader, struct body *body, reader_sink *sink, void *context, int64_t body_ms,
                struct refusal *refusal)
{
    int64_t deadline = clock_monotonic() + body_ms * NS_PER_MS;
    while (body->part != BODY_DONE) {
        struct span bytes = {reader->bytes + reader->taken, reader->length - reader->taken};
        struct span content;
        int status = body_take(body, &bytes, &content, refusal);
        reader->taken = reader->length - bytes.length;
        if (status != 0)
            return status;
        if (content.length > 0)
            sink(context, content);
        if (body->part == BODY_DONE || reader_has_more(reader))
            continue;
        close_gap(reader, reader->head);
        enum read_result result = get_more(reader, deadline);
        if (result != READ_BYTES)
            return no_body(result, refusal);
    }
    return 0;
}

void reader_linger(struct reader *reader)
{
    int64_t deadline = clock_monotonic() + LIMIT_LINGER_MS * NS_PER_MS;
    size_t length = 0;
    if (!reader->is_socket)
        return;
    while (get_bytes(reader, reader->bytes, sizeof reader->bytes, deadline, &length) == READ_BYTES)
        ;
}
