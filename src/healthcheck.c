/* The health check. */
#include "healthcheck.h"

#include "base/clock.h"
#include "base/exit.h"
#include "base/limits.h"
#include "base/wait.h"

#include <poll.h>
#include <string.h>
#include <unistd.h>

/* Returns before `deadline`: connect(2) to this machine succeeds or fails at once. */
static bool ask(int fd, const struct address *address, int64_t deadline)
{
    static const char request[] = "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char wanted[] = "HTTP/1.1 204 ";
    char answer[sizeof wanted - 1];
    return connect(fd, (const struct sockaddr *)&address->socket, address->length) == 0 &&
           send(fd, request, sizeof request - 1, MSG_NOSIGNAL) == (ssize_t)sizeof request - 1 &&
           wait_for(fd, POLLIN, deadline) == WAIT_READY &&
           recv(fd, answer, sizeof answer, MSG_DONTWAIT) == (ssize_t)sizeof answer &&
           memcmp(answer, wanted, sizeof answer) == 0;
}

int healthcheck_run(const struct address *address)
{
    int64_t deadline = clock_monotonic() + LIMIT_HEALTHCHECK_MS * NS_PER_MS;
    struct address target = *address;
    if (target.any)
        address_use_ipv4(&target); /* connecting to 0.0.0.0 reaches 127.0.0.1 */
    int fd = socket(target.socket.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return EXIT_UNHEALTHY;
    bool healthy = ask(fd, &target, deadline);
    (void)close(fd);
    return healthy ? EXIT_SERVED : EXIT_UNHEALTHY;
}
