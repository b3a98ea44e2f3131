/* The health check. */
#include "healthcheck.h"

#include "base/clock.h"
#include "base/exit.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/wait.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

/* What is wrong, in the words before and after the address. */
struct complaint {
    const char *before, *after;
    int why; /* an errno; 0: none */
};

/* Logs the complaint. Returns false. */
static bool complain(const struct address *address, const struct complaint *complaint, const char *advice)
{
    char room[LIMIT_PEER + 128];
    struct text text = text_in(room, sizeof room - 1);
    text_string(&text, "Unhealthy: ");
    text_string(&text, complaint->before);
    (void)address_text(&text, &address->socket);
    text_string(&text, complaint->after);
    room[text.length] = '\0';
    log_advice(room, complaint->why, advice);
    return false;
}

/* Returns before `deadline`: connect(2) to this machine succeeds or fails at once. */
static bool ask(int fd, const struct address *address, int64_t deadline)
{
    static const char request[] = "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char wanted[] = "HTTP/1.1 204 ";
    char answer[sizeof wanted - 1];
    if (connect(fd, (const struct sockaddr *)&address->socket, address->length) != 0)
        return complain(address, &(struct complaint){"cannot connect to ", "", errno},
                        "start the server there, or name its address with -l or PORT");
    bool is_sent = send(fd, request, sizeof request - 1, MSG_NOSIGNAL) == (ssize_t)sizeof request - 1;
    if (is_sent && wait_for(fd, POLLIN, deadline) != WAIT_READY)
        return complain(address, &(struct complaint){"no answer from ", " within two seconds", 0}, NULL);
    if (is_sent && recv(fd, answer, sizeof answer, MSG_DONTWAIT) == (ssize_t)sizeof answer &&
        memcmp(answer, wanted, sizeof answer) == 0)
        return true;
    return complain(address, &(struct complaint){"what listens at ", " is another program, or cannot serve now", 0},
                    "see its log");
}

int healthcheck_run(const struct address *address)
{
    int64_t deadline = clock_monotonic() + LIMIT_HEALTHCHECK_MS * NS_PER_MS;
    struct address target = *address;
    if (target.any)
        address_use_ipv4(&target); /* connecting to 0.0.0.0 reaches 127.0.0.1 */
    int fd = socket(target.socket.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        (void)complain(&target, &(struct complaint){"no socket for ", "", errno}, NULL);
        return EXIT_UNHEALTHY;
    }
    bool healthy = ask(fd, &target, deadline);
    (void)close(fd);
    return healthy ? EXIT_SERVED : EXIT_UNHEALTHY;
}
