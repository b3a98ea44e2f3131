/*
 * Output with a deadline. O_NONBLOCK is never set, because every process that shares the descriptor would get it too (a
 * super-server, a shell with its terminal). A socket has MSG_DONTWAIT for each call. Anything else is polled and given
 * at most PIPE_BUF bytes, which a pipe that is ready takes without blocking.
 */
#include "base/writer.h"

#include "base/clock.h"
#include "base/wait.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* The shortest and the longest rest before asking again whether the client has everything, ms: the kernel has no event
 * for it. */
enum { ASK_LEAST_MS = 2, ASK_MOST_MS = 1000 };

/*
 * How many writes pass between two looks whether the process was told to stop. A look takes as long as half a small
 * write, so it costs less than 1 %. This many writes of LIMIT_WRITER bytes take some milliseconds.
 */
enum { WRITES_PER_LOOK = 128 };

void writer_open(struct writer *writer, int fd, bool is_socket, int64_t stall_ms)
{
    writer->fd = fd;
    writer->is_socket = is_socket;
    writer->stopping = false;
    writer->stop_by = CLOCK_NEVER;
    writer->stall_ms = stall_ms;
    writer->state = WRITER_OPEN;
    writer->was_reset = false;
    writer->writes = 0;
    writer->take = NULL;
    writer->text = text_in(writer->bytes, sizeof writer->bytes);
}

void writer_capture(struct writer *writer, writer_take *take, void *context)
{
    writer_open(writer, -1, false, 0);
    writer->take = take;
    writer->context = context;
}

void writer_stop(struct writer *writer)
{
    if (writer->stopping)
        return;
    writer->stopping = true;
    writer->stop_by = clock_monotonic() + LIMIT_STOP_MS * NS_PER_MS;
}

void writer_lose(struct writer *writer)
{
    int error = 0;
    socklen_t length = sizeof error;
    if (writer->is_socket && getsockopt(writer->fd, SOL_SOCKET, SO_ERROR, &error, &length) == 0)
        writer->was_reset |= error == ECONNRESET;
    writer->state = WRITER_GONE;
}

static int64_t give_up_at(const struct writer *writer)
{
    int64_t stall = clock_monotonic() + writer->stall_ms * NS_PER_MS;
    return stall < writer->stop_by ? stall : writer->stop_by;
}

/* Waits until some bytes can be written, or sets the state. */
static void wait_for_room(struct writer *writer)
{
    int64_t deadline = give_up_at(writer);
    for (;;) {
        switch (wait_for(writer->fd, POLLOUT, deadline)) {
        case WAIT_READY:
            return;
        case WAIT_DEADLINE:
            writer->state = WRITER_STALLED;
            return;
        case WAIT_GONE:
            writer_lose(writer);
            return;
        case WAIT_STOP:
            writer_stop(writer);
            deadline = give_up_at(writer);
            break;
        }
    }
}

/* Returns how many bytes were written; 0 if it would block or failed. */
static size_t write_some(struct writer *writer, const char *bytes, size_t length)
{
    ssize_t taken;
    if (writer->is_socket) {
        taken = send(writer->fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    } else {
        wait_for_room(writer);
        if (writer->state != WRITER_OPEN)
            return 0;
        taken = write(writer->fd, bytes, length < PIPE_BUF ? length : PIPE_BUF);
    }
    if (taken >= 0)
        return (size_t)taken;
    if (errno != EAGAIN && errno != EINTR) {
        writer->was_reset = errno == ECONNRESET;
        writer->state = WRITER_GONE;
    }
    return 0;
}

/*
 * A client that reads fast never lets the writer wait, and the process hears of a stop only in a wait. After that, the
 * time that is left is checked here for the same reason.
 */
static void look_for_stop(struct writer *writer)
{
    if (writer->stopping && clock_monotonic() >= writer->stop_by)
        writer->state = WRITER_STALLED;
    enum wait wait = writer->stopping ? WAIT_DEADLINE : wait_for(writer->fd, 0, 0);
    if (wait == WAIT_STOP)
        writer_stop(writer);
    if (wait == WAIT_GONE)
        writer_lose(writer);
}

enum writer_state writer_flush(struct writer *writer)
{
    size_t written = 0;
    if (writer->take != NULL && writer->text.length > 0) {
        writer->take(writer->context, text_written(&writer->text));
        written = writer->text.length;
    }
    while (writer->state == WRITER_OPEN && written < writer->text.length) {
        size_t taken = write_some(writer, writer->bytes + written, writer->text.length - written);
        if (taken == 0 && writer->state == WRITER_OPEN)
            wait_for_room(writer);
        written += taken;
        if (++writer->writes % WRITES_PER_LOOK == 0 && writer->state == WRITER_OPEN)
            look_for_stop(writer);
    }
    writer->text = text_in(writer->bytes, sizeof writer->bytes);
    return writer->state;
}

void writer_span(struct writer *writer, struct span span)
{
    while (span.length > 0 && writer->state == WRITER_OPEN) {
        size_t room = sizeof writer->bytes - writer->text.length;
        size_t part = span.length < room ? span.length : room;
        text_bytes(&writer->text, span.at, part);
        span = span_after(span, part);
        if (writer->text.length == sizeof writer->bytes)
            (void)writer_flush(writer);
    }
}

void writer_end(struct writer *writer)
{
    (void)writer_flush(writer);
    if (writer->is_socket)
        (void)shutdown(writer->fd, SHUT_WR); /* fails only if the client is gone */
}

/* A quarter of the time already waited, so that a client that never reads costs next to nothing. */
static int64_t rest_after(int64_t waited)
{
    int64_t rest = waited / 4;
    if (rest < ASK_LEAST_MS * NS_PER_MS)
        return ASK_LEAST_MS * NS_PER_MS;
    return rest < ASK_MOST_MS * NS_PER_MS ? rest : ASK_MOST_MS * NS_PER_MS;
}

static bool has_unsent(const struct writer *writer)
{
    int unsent = 0;
    return ioctl(writer->fd, TIOCOUTQ, &unsent) == 0 && unsent > 0;
}

void writer_reset(struct writer *writer)
{
    const struct linger none = {.l_onoff = 1, .l_linger = 0};
    int64_t began = clock_monotonic();
    int64_t deadline = give_up_at(writer);
    if (!writer->is_socket)
        return;
    for (int64_t now = began; has_unsent(writer) && now < deadline; now = clock_monotonic())
        if (wait_for(writer->fd, 0, now + rest_after(now - began)) != WAIT_DEADLINE)
            break;
    (void)setsockopt(writer->fd, SOL_SOCKET, SO_LINGER, &none, sizeof none); /* it changes nothing on a pipe */
}
