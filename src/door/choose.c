/* The choice of the door. What cannot be examined is KIND_NOTHING, and then the program listens by itself. */
#include "door/choose.h"

#include "base/limits.h"
#include "base/span.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum door door_choose(const struct facts *facts)
{
    if (facts->asks_stdin)
        return DOOR_STDIN;
    if (facts->asks_listen)
        return DOOR_LISTEN;
    if (facts->passed == KIND_LISTENING)
        return DOOR_PASSED_LISTENING;
    if (facts->passed != KIND_NOTHING)
        return DOOR_PASSED_STREAM;
    if (facts->stdin_is == KIND_LISTENING)
        return DOOR_STDIN_LISTENING;
    if (facts->stdin_is == KIND_INTERNET)
        return DOOR_STDIN;
    if (facts->has_port)
        return DOOR_LISTEN;
    return facts->stdin_is == KIND_STREAM ? DOOR_STDIN : DOOR_LISTEN;
}

static enum kind kind_of_socket(int fd)
{
    int listening = 0, family = AF_UNSPEC;
    socklen_t size = sizeof listening, length = sizeof family;
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0)
        return KIND_LISTENING;
    /* Not getpeername(2): a client that is gone already has no name, but its socket is still a connection. */
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 && (family == AF_INET || family == AF_INET6))
        return KIND_INTERNET;
    return KIND_STREAM;
}

enum kind kind_of(int fd)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0)
        return KIND_NOTHING;
    if (S_ISSOCK(stat.st_mode))
        return kind_of_socket(fd);
    return S_ISFIFO(stat.st_mode) || S_ISREG(stat.st_mode) ? KIND_STREAM : KIND_NOTHING;
}

int passed_descriptors(void)
{
    const char *process = getenv("LISTEN_PID");
    const char *count = getenv("LISTEN_FDS");
    uint64_t pid = 0, passed = 0;
    bool ours = process != NULL && count != NULL && span_number(span_of(process), INT32_MAX, &pid) &&
                (pid_t)pid == getpid() && span_number(span_of(count), INT16_MAX, &passed);
    (void)unsetenv("LISTEN_PID");
    (void)unsetenv("LISTEN_FDS");
    (void)unsetenv("LISTEN_FDNAMES");
    for (int fd = 3; ours && fd < 3 + (int)passed; fd++)
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    return ours ? (int)passed : 0;
}
