/*
 * Output with a deadline. Neither a socket nor a pipe is ever switched to non-blocking: that would change it for
 * everybody who shares it (the super-server, a shell's terminal). A socket is asked per call; anything else is polled
 * and given no more than PIPE_BUF bytes, which a pipe that polls writable takes without waiting.
 */
#include "base/out.h"

#include "base/clock.h"
#include "base/wait.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* How often to ask whether everything has arrived, ms: the kernel does not tell by itself. */
enum { ASK_MS = 2 };

void out_open(struct out *out, int fd, bool is_socket, int64_t stall_ms)
{
    out->fd = fd;
    out->is_socket = is_socket;
    out->stopping = false;
    out->stop_by = NEVER;
    out->stall_ms = stall_ms;
    out->state = OUT_OPEN;
    out->was_reset = false;
    out->text = text_in(out->bytes, sizeof out->bytes);
}

void out_stop(struct out *out)
{
    if (out->stopping)
        return;
    out->stopping = true;
    out->stop_by = clock_monotonic() + LIMIT_STOP_MS * NS_PER_MS;
}

void out_lose(struct out *out)
{
    int error = 0;
    socklen_t length = sizeof error;
    if (out->is_socket && getsockopt(out->fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0)
        out->was_reset |= error == ECONNRESET;
    out->state = OUT_GONE;
}

static int64_t give_up_at(const struct out *out)
{
    int64_t stall = clock_monotonic() + out->stall_ms * NS_PER_MS;
    return stall < out->stop_by ? stall : out->stop_by;
}

/* Until some bytes can be written, or never again. */
static void wait_for_room(struct out *out)
{
    int64_t due = give_up_at(out);
    for (;;) {
        switch (wait_for(out->fd, POLLOUT, due)) {
        case WAIT_READY:
            return;
        case WAIT_DUE:
            out->state = OUT_STALLED;
            return;
        case WAIT_GONE:
            out_lose(out);
            return;
        case WAIT_STOP:
            out_stop(out);
            due = give_up_at(out);
            break;
        }
    }
}

/* How many bytes were taken, 0 if it would block. */
static size_t write_some(struct out *out, const char *bytes, size_t length)
{
    ssize_t taken;
    if (out->is_socket) {
        taken = send(out->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } else {
        wait_for_room(out);
        if (out->state != OUT_OPEN)
            return 0;
        taken = write(out->fd, bytes, length < PIPE_BUF ? length : PIPE_BUF);
    }
    if (taken >= 0)
        return (size_t)taken;
    if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR) {
        out->was_reset = errno == ECONNRESET;
        out->state = OUT_GONE;
    }
    return 0;
}

enum out_state out_flush(struct out *out)
{
    size_t written = 0;
    while (out->state == OUT_OPEN && written < out->text.length) {
        size_t taken = write_some(out, out->bytes + written, out->text.length - written);
        if (taken == 0 && out->state == OUT_OPEN)
            wait_for_room(out);
        written += taken;
    }
    out->text = text_in(out->bytes, sizeof out->bytes);
    return out->state;
}

void out_span(struct out *out, struct span span)
{
    while (span.length > 0 && out->state == OUT_OPEN) {
        size_t room = sizeof out->bytes - out->text.length;
        size_t part = span.length < room ? span.length : room;
        text_bytes(&out->text, span.at, part);
        span = span_after(span, part);
        if (out->text.length == sizeof out->bytes)
            (void)out_flush(out);
    }
}

void out_end(struct out *out)
{
    (void)out_flush(out);
    if (out->is_socket)
        (void)shutdown(out->fd, SHUT_WR); /* fails only where the client is gone already */
}

void out_reset(struct out *out)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};
    int64_t due = give_up_at(out);
    int unsent = 0;
    if (!out->is_socket)
        return;
    while (ioctl(out->fd, TIOCOUTQ, &unsent) == 0 && unsent > 0 && clock_monotonic() < due)
        if (wait_for(out->fd, 0, clock_monotonic() + ASK_MS * NS_PER_MS) != WAIT_DUE)
            break;
    (void)setsockopt(out->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none); /* fails for no socket */
}
