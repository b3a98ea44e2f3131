/* The health check. */
#include "healthcheck.h"

#include "base/clock.h"
#include "base/exit.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/wait.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

/* Logs what is wrong, in the words before and after the address. Returns false. */
static bool complain(const struct address *address, const char *before, struct span after, int why, const char *advice)
{
    char room[LIMIT_PEER + 128];
    struct text text = text_in(room, sizeof room - 1);
    text_string(&text, "Unhealthy: ");
    text_string(&text, before);
    (void)address_text(&text, &address->socket);
    text_printable(&text, after, sizeof room);
    room[text.length] = '\0';
    log_advice(room, why, advice);
    return false;
}

/* "HTTP/1.1 503 " is the beginning of an answer that is not the wanted one. */
static bool complain_of_answer(const struct address *address, struct span answer)
{
    char room[64];
    struct text text = text_in(room, sizeof room);
    if (answer.length == 0)
        return complain(address, "", span_of(" closes the connection without an answer"), 0, NULL);
    if (!span_starts(answer, "HTTP/1.1 503 ") && !span_starts(answer, "HTTP/1.1 429 "))
        return complain(address, "what listens at ", span_of(" is not sse-server"), 0, NULL);
    text_string(&text, " answers with status ");
    text_span(&text, (struct span){answer.at + 9, 3});
    return complain(address, "", text_written(&text), 0, "GET /status there says why");
}

/*
 * Returns before `deadline`, unless the queue of the listener is full: then connect(2) waits. Otherwise it succeeds or
 * fails at once, to this machine.
 */
static bool ask(int fd, const struct address *address, int64_t deadline)
{
    static const char request[] = "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    static const char wanted[] = "HTTP/1.1 204 ";
    char answer[sizeof wanted - 1];
    if (connect(fd, (const struct sockaddr *)&address->socket, address->length) != 0)
        return complain(address, "cannot connect to ", span_of(""), errno,
                        "start the server there, or name its address with -l or PORT");
    (void)send(fd, request, sizeof request - 1, MSG_NOSIGNAL); /* if it fails, so does recv(2) */
    if (wait_for(fd, POLLIN, deadline) != WAIT_READY)
        return complain(address, "no answer from ", span_of(" within two seconds"), 0, NULL);
    ssize_t got = recv(fd, answer, sizeof answer, MSG_DONTWAIT);
    struct span begin = {answer, got > 0 ? (size_t)got : 0};
    return span_is(begin, wanted) || complain_of_answer(address, begin);
}

int healthcheck_run(const struct address *address)
{
    int64_t deadline = clock_monotonic() + LIMIT_HEALTHCHECK_MS * NS_PER_MS;
    struct address target = *address;
    if (target.any)
        address_use_ipv4(&target); /* connecting to 0.0.0.0 reaches 127.0.0.1 */
    int fd = socket(target.socket.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        (void)complain(&target, "no socket for ", span_of(""), errno, NULL);
        return EXIT_UNHEALTHY;
    }
    bool healthy = ask(fd, &target, deadline);
    (void)close(fd);
    return healthy ? EXIT_SERVED : EXIT_UNHEALTHY;
}
