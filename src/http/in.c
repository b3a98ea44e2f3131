/*
 * Reading. A socket is asked without waiting first, since the request usually came with the connection; anything else
 * is polled first. Bytes that come too late, or too many, end in a status; an end of input before the first byte of a
 * request does not.
 */
#include "http/in.h"

#include "base/clock.h"
#include "base/wait.h"
#include "http/target.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum got {
    GOT_BYTES,
    GOT_END, /* the client sends no more, or its connection broke */
    GOT_LATE,
    GOT_STOP,
};

void in_open(struct in *in, int fd, bool is_socket)
{
    in->fd = fd;
    in->is_socket = is_socket;
    in->first = true;
    in->length = in->head = in->taken = 0;
}

static ssize_t read_now(const struct in *in, char *at, size_t room)
{
    return in->is_socket ? recv(in->fd, at, room, MSG_DONTWAIT) : read(in->fd, at, room);
}

/* More bytes at `at`, *length of them, by `due` (monotonic). */
static enum got get_bytes(const struct in *in, char *at, size_t room, int64_t due, size_t *length)
{
    bool ask = in->is_socket;
    for (;;) {
        if (clock_monotonic() >= due) /* a wait would not say so as long as more bytes come */
            return GOT_LATE;
        ssize_t count = ask ? read_now(in, at, room) : -1;
        if (count >= 0) {
            *length = (size_t)count;
            return count > 0 ? GOT_BYTES : GOT_END;
        }
        if (ask && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return GOT_END;
        ask = true;
        switch (wait_for(in->fd, POLLIN, due)) {
        case WAIT_READY:
            break;
        case WAIT_DUE:
            return GOT_LATE;
        case WAIT_GONE:
            return GOT_END;
        case WAIT_STOP:
            return GOT_STOP;
        }
    }
}

static enum got get_more(struct in *in, int64_t due)
{
    size_t length = 0;
    enum got got = get_bytes(in, in->bytes + in->length, sizeof in->bytes - in->length, due, &length);
    if (got == GOT_BYTES)
        in->length += length;
    return got;
}

/* Moves what stands behind `taken` to `to`. */
static void close_gap(struct in *in, size_t to)
{
    memmove(in->bytes + to, in->bytes + in->taken, in->length - in->taken);
    in->length -= in->taken - to;
    in->taken = to;
}

bool in_has_more(const struct in *in)
{
    return in->length > in->taken;
}

bool in_is_unread(const struct in *in)
{
    char byte;
    return in_has_more(in) || (in->is_socket && recv(in->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0);
}

/* A request line with the longest target that is accepted, the longest method we know and its line end. */
enum { LIMIT_REQUEST_LINE = LIMIT_TARGET + sizeof "OPTIONS  HTTP/1.1\r" };

/* What can be said of a head before it is whole, so that no one waits for the end of what is no request. */
static int check_head(const struct in *in, struct refusal *refusal)
{
    if (in->length == 0)
        return 0;
    if (in->bytes[0] == 0x16)
        return refuse(refusal, 400, "this is a TLS handshake; the server speaks plain HTTP");
    if (!is_token_byte(in->bytes[0]) && in->bytes[0] != '\r')
        return refuse(refusal, 400, "this is no HTTP request: it does not begin with a method");
    if (in->length >= LIMIT_REQUEST_LINE && memchr(in->bytes, '\n', LIMIT_REQUEST_LINE) == NULL)
        return refuse_target_length(refusal);
    if (in->head > LIMIT_HEAD || (in->head == 0 && in->length >= LIMIT_HEAD)) {
        int status = refuse(refusal, 431, "the request head is too long; bytes accepted: ");
        text_number(&refusal->reason, LIMIT_HEAD);
        return status;
    }
    return 0;
}

/* Looks for the end of the head: in->head is its length, or 0 while it is not all there. Returns 0 or a status. */
static int find_head(struct in *in, size_t *searched, struct refusal *refusal)
{
    if (*searched == 0) {
        in->taken = request_skip_empty(in->bytes, in->length);
        close_gap(in, 0);
        in->taken = 0;
    }
    in->head = request_head_length(in->bytes, in->length, *searched);
    if (in->length > 1 || (in->length == 1 && in->bytes[0] != '\r')) /* a CR may yet become an empty line */
        *searched = in->length;
    return check_head(in, refusal);
}

static int no_head(const struct in *in, enum got got, struct refusal *refusal)
{
    if (got == GOT_STOP || (got == GOT_END && in->length == 0) || (got == GOT_LATE && in->length == 0 && !in->first))
        return IN_CLOSED;
    if (got == GOT_LATE)
        return refuse(refusal, 408, "the request head did not come in time");
    return refuse(refusal, 400, "the request ends before its head does; an empty line ends it");
}

int in_head(struct in *in, int64_t idle_ms, int64_t head_ms, struct span *head, struct refusal *refusal)
{
    size_t searched = 0;
    close_gap(in, 0);
    in->head = 0;
    bool idle = !in->first && in->length == 0;
    int64_t due = clock_monotonic() + (idle ? idle_ms : head_ms) * NS_PER_MS;
    for (;;) {
        int status = find_head(in, &searched, refusal);
        if (status != 0)
            return status;
        if (in->head > 0)
            break;
        enum got got = get_more(in, due);
        if (got != GOT_BYTES)
            return no_head(in, got, refusal);
        if (idle)
            due = clock_monotonic() + head_ms * NS_PER_MS;
        idle = false;
    }
    in->first = false;
    in->taken = in->head;
    *head = (struct span){in->bytes, in->head};
    return 0;
}

static int no_body(enum got got, struct refusal *refusal)
{
    if (got == GOT_STOP)
        return IN_CLOSED;
    if (got == GOT_LATE)
        return refuse(refusal, 408, "the request body did not come in time");
    return refuse(refusal, 400, "the request ends before its body does");
}

int in_body(struct in *in, struct body *body, struct text *form, int64_t body_ms, struct refusal *refusal)
{
    int64_t due = clock_monotonic() + body_ms * NS_PER_MS;
    while (body->part != BODY_DONE) {
        struct span bytes = {in->bytes + in->taken, in->length - in->taken};
        struct span content;
        int status = body_take(body, &bytes, &content, refusal);
        in->taken = in->length - bytes.length;
        if (status != 0)
            return status;
        if (form != NULL)
            text_span(form, content);
        if (body->part == BODY_DONE || in_has_more(in))
            continue;
        close_gap(in, in->head);
        enum got got = get_more(in, due);
        if (got != GOT_BYTES)
            return no_body(got, refusal);
    }
    return 0;
}

void in_linger(struct in *in)
{
    int64_t due = clock_monotonic() + LIMIT_LINGER_MS * NS_PER_MS;
    size_t length = 0;
    if (!in->is_socket)
        return;
    for (size_t total = 0; total < LIMIT_BODY; total += length)
        if (get_bytes(in, in->bytes, sizeof in->bytes, due, &length) != GOT_BYTES)
            return;
}
