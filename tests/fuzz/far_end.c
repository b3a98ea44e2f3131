/* The number of waits is limited, so that a server that hangs is found. */
#include "far_end.h"

#include "fakes.h"
#include "fuzz.h"

#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* How many waits of a stream and how many writes a client accepts before it closes; and the limit for all waits. */
enum { WAITS = 6, WRITES = 200, WAITS_MOST = 4000 };

struct far_end client;

/* Reads what has arrived, so that the server can continue to write. */
static void collect(void)
{
    while (client.remote >= 0) {
        ssize_t count = recv(client.remote, client.output.at + client.output.length,
                             client.output.capacity - client.output.length, MSG_DONTWAIT);
        if (count <= 0)
            return;
        client.output.length += (size_t)count;
    }
}

static void send_piece(void)
{
    size_t length = client.left.length < client.piece ? client.left.length : client.piece;
    if (client.remote >= 0) {
        ssize_t sent = send(client.remote, client.left.at, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        length = sent > 0 ? (size_t)sent : client.left.length; /* the server reads no more: drop the rest */
    } else {
        must(pwrite(client.in, client.left.at, length, client.sent) == (ssize_t)length);
        client.sent += (int64_t)length;
    }
    client.left = span_after(client.left, length);
}

/* The server has not read everything yet, so its wait ends at once. */
static bool is_readable(void)
{
    return client.remote < 0 && lseek(client.in, 0, SEEK_CUR) < client.sent;
}

static enum wait wait_for_input(int64_t deadline)
{
    if (is_readable())
        return WAIT_READY;
    if (client.left.length > 0) {
        send_piece();
        return WAIT_READY;
    }
    if ((client.how & IS_SILENT) != 0)
        return fake_wait_due(-1, 0, deadline);
    if (client.remote >= 0 && !client.has_ended)
        (void)shutdown(client.remote, SHUT_WR);
    client.has_ended = true;
    return WAIT_READY;
}

static enum wait end_client(enum wait how)
{
    client.is_gone = true;
    return how;
}

static enum wait wait_for_output(void)
{
    collect();
    return client.writes-- > 0 ? WAIT_READY : end_client(WAIT_GONE);
}

/* After WAIT_GONE or WAIT_STOP, the server may only wait until it can read or write. */
static enum wait wait_as_client(int fd, short events, int64_t deadline)
{
    (void)fd;
    must(++client.waited <= WAITS_MOST);
    if ((events & POLLIN) != 0)
        return wait_for_input(deadline);
    if ((events & POLLOUT) != 0)
        return wait_for_output();
    must(!client.is_gone);
    if (client.waits-- > 0)
        return fake_wait_due(-1, 0, deadline);
    return end_client((client.how & IS_TOLD) != 0 ? WAIT_STOP : WAIT_GONE);
}

void empty_file(int fd)
{
    must(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
}

/* Files in memory, used like pipes. They are created once. */
static void open_files(int *in, int *out)
{
    static int files[2] = {-1, -1};
    if (files[0] < 0) {
        files[0] = memfd_create("in", MFD_CLOEXEC);
        files[1] = memfd_create("out", MFD_CLOEXEC);
        must(files[0] >= 0 && files[1] >= 0);
    }
    *in = files[0];
    *out = files[1];
}

void connect_client(unsigned how, struct span sent, size_t piece, struct text output)
{
    int pair[2];
    client = (struct far_end){
        .how = how, .remote = -1, .left = sent, .piece = piece, .waits = WAITS, .writes = WRITES, .output = output};
    fake_wait = wait_as_client;
    if ((how & BY_SOCKET) == 0) {
        open_files(&client.in, &client.out);
        return;
    }
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    client.in = client.out = pair[0];
    client.remote = pair[1];
}

struct span disconnect_client(void)
{
    collect();
    if (client.remote >= 0) {
        (void)close(client.remote);
        (void)close(client.in);
        return text_written(&client.output);
    }
    ssize_t count = pread(client.out, client.output.at, client.output.capacity, 0);
    must(count >= 0 && (size_t)count < client.output.capacity);
    client.output.length = (size_t)count;
    empty_file(client.in);
    empty_file(client.out);
    return text_written(&client.output);
}
