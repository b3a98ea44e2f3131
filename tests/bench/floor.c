/*
 * The floor: the smallest server with one process per connection. It accepts, forks, reads once and writes fixed bytes.
 *
 *   floor PORT stream ENTRIES   a head and hello, then every second a message as long as ours; /status has ENTRIES
 *                               entries
 *   floor PORT short            one short response
 *   floor PORT recorded         a head, then 401 bytes, each written after another wait
 *   floor PORT flood            messages as fast as the client reads, 64 KiB per write
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { GATHERED = 65536 };
enum mode { STREAM, SHORT, FLOOD, RECORDED };

static const char head[] = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Headers: *\r\nAccess-Control-Allow-Methods: GET\r\n"
                           "Access-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\nConnection: keep-alive\r\n"
                           "Content-Type: text/event-stream\r\nDate: Sun, 22 Nov 2026 12:37:23 GMT\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n2a\r\nid: hello\ndata: Hello, 127.0.0.1:54004!\n\n\r\n";
static const char message[] = "60\r\nid: message-1\ndata: {\ndata:   \"time\": 1795351044,\n"
                              "data:   \"random\": \"spheIGLpzXpFGMIH\"\ndata: }\n\n\r\n";
static const char short_answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                                   "id: hello\ndata: Hello, 127.0.0.1:54004!\n\n";
static const char recorded_head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
static const char status_request[] = "GET /status ";
static const char status_head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";
static const char status_entry[] = "\"127.0.0.1:54004\":{\"remote\":\"127.0.0.1:54004\","
                                   "\"connectedAt\":\"2026-11-22T12:37:23.241547551Z\",\"lastEventId\":2},";

static bool put(int fd, const char *bytes, size_t length)
{
    return write(fd, bytes, length) == (ssize_t)length;
}

/* As many whole units as fit. They are mapped, because static memory would cost each stream's process one page. */
static char *gather(const char *unit, size_t length, size_t *filled)
{
    char *bytes = mmap(NULL, GATHERED, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED)
        _exit(111);
    for (*filled = 0; *filled + length <= GATHERED; *filled += length)
        memcpy(bytes + *filled, unit, length);
    return bytes;
}

static void serve_short(int fd)
{
    (void)put(fd, short_answer, sizeof short_answer - 1);
}

static void serve_status(int fd, size_t entries)
{
    size_t left = entries * (sizeof status_entry - 1), filled;
    const char *bytes = gather(status_entry, sizeof status_entry - 1, &filled);
    bool open = put(fd, status_head, sizeof status_head - 1);
    for (; open && left > filled; left -= filled)
        open = put(fd, bytes, filled);
    (void)put(fd, bytes, left);
}

static void serve_stream(int fd)
{
    struct timespec deadline;
    (void)clock_gettime(CLOCK_MONOTONIC, &deadline);
    for (bool open = put(fd, head, sizeof head - 1); open; open = put(fd, message, sizeof message - 1)) {
        deadline.tv_sec++;
        (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL);
    }
}

/* The waits are those of load.h. */
static void serve_recorded(int fd)
{
    struct timespec deadline;
    bool open = put(fd, recorded_head, sizeof recorded_head - 1);
    (void)clock_gettime(CLOCK_MONOTONIC, &deadline);
    for (int k = 0; open && k <= 400; k++) {
        deadline.tv_nsec += k > 0 ? (1000 + 10 * k) * 1000 : 0;
        deadline.tv_sec += deadline.tv_nsec / 1000000000;
        deadline.tv_nsec %= 1000000000;
        (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL);
        open = put(fd, "x", 1);
    }
}

static void serve_flood(int fd)
{
    size_t filled;
    const char *bytes = gather(message, sizeof message - 1, &filled);
    for (bool open = put(fd, head, sizeof head - 1); open;)
        open = put(fd, bytes, filled);
}

static void serve(int fd, enum mode mode, size_t entries)
{
    char request[4096];
    ssize_t length = read(fd, request, sizeof request);
    if (length <= (ssize_t)sizeof status_request)
        return;
    if (mode == RECORDED)
        serve_recorded(fd);
    else if (mode == FLOOD)
        serve_flood(fd);
    else if (mode == SHORT)
        serve_short(fd);
    else if (memcmp(request, status_request, sizeof status_request - 1) == 0)
        serve_status(fd, entries);
    else
        serve_stream(fd);
}

static int listen_at(unsigned short port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    (void)setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 65535) != 0) {
        perror("listen");
        exit(111);
    }
    return listener;
}

static enum mode mode_of(const char *name)
{
    if (strcmp(name, "short") == 0)
        return SHORT;
    if (strcmp(name, "recorded") == 0)
        return RECORDED;
    return strcmp(name, "flood") == 0 ? FLOOD : STREAM;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4)
        return 100;
    enum mode mode = mode_of(argv[2]);
    int listener = listen_at((unsigned short)atoi(argv[1]));
    size_t entries = argc > 3 ? (size_t)atoi(argv[3]) : 0;
    (void)signal(SIGCHLD, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        if (fork() == 0) {
            (void)close(listener);
            serve(fd, mode, entries);
            _exit(0);
        }
        (void)close(fd);
    }
}
