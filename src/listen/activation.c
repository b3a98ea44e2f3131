/* Socket activation. A descriptor that cannot be examined is DESCRIPTOR_NOTHING, and then the program listens itself.
 */
#include "listen/activation.h"

#include "base/limits.h"
#include "base/span.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum activation activation_choose(const struct activation_facts *facts)
{
    if (facts->asks_stdin)
        return ACTIVATION_STDIN;
    if (facts->asks_listen)
        return ACTIVATION_LISTEN;
    if (facts->passed == DESCRIPTOR_LISTENING)
        return ACTIVATION_PASSED_LISTENING;
    if (facts->passed != DESCRIPTOR_NOTHING)
        return ACTIVATION_PASSED_STREAM;
    if (facts->stdin_is == DESCRIPTOR_LISTENING)
        return ACTIVATION_STDIN_LISTENING;
    if (facts->stdin_is == DESCRIPTOR_INTERNET)
        return ACTIVATION_STDIN;
    if (facts->has_port)
        return ACTIVATION_LISTEN;
    return facts->stdin_is == DESCRIPTOR_STREAM ? ACTIVATION_STDIN : ACTIVATION_LISTEN;
}

static enum descriptor descriptor_of_socket(int fd)
{
    int listening = 0, family = AF_UNSPEC;
    socklen_t size = sizeof listening, length = sizeof family;
    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0)
        return DESCRIPTOR_LISTENING;
    /* Not getpeername(2): it fails if the client is gone, but the socket is still a connection. */
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 && (family == AF_INET || family == AF_INET6))
        return DESCRIPTOR_INTERNET;
    return DESCRIPTOR_STREAM;
}

bool activation_is_stream(mode_t mode)
{
    return S_ISSOCK(mode) || S_ISFIFO(mode) || S_ISREG(mode);
}

enum descriptor activation_descriptor(int fd)
{
    struct stat stat;
    if (fstat(fd, &stat) != 0 || !activation_is_stream(stat.st_mode))
        return DESCRIPTOR_NOTHING;
    return S_ISSOCK(stat.st_mode) ? descriptor_of_socket(fd) : DESCRIPTOR_STREAM;
}

int activation_passed(void)
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
