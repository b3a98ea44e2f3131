/*
 * The floor: the least program that does a process a connection. It accepts, forks, reads once and writes fixed bytes.
 *
 *   floor PORT stream   a head and a greeting, then a message of the same length as ours every second
 *   floor PORT short    one answer, and the end
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char head[] = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Headers: *\r\nAccess-Control-Allow-Methods: GET\r\n"
                           "Access-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\nConnection: keep-alive\r\n"
                           "Content-Type: text/event-stream\r\nDate: Sun, 22 Nov 2026 12:37:23 GMT\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n2a\r\nid: hello\ndata: Hello, 127.0.0.1:54004!\n\n\r\n";
static const char message[] = "60\r\nid: message-1\ndata: {\ndata:   \"time\": 1795351044,\n"
                              "data:   \"random\": \"spheIGLpzXpFGMIH\"\ndata: }\n\n\r\n";
static const char short_answer[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                                   "id: hello\ndata: Hello, 127.0.0.1:54004!\n\n";

static bool put(int fd, const char *bytes, size_t length)
{
    return write(fd, bytes, length) == (ssize_t)length;
}

static void serve(int fd, bool stream)
{
    char request[4096];
    struct timespec due;
    if (read(fd, request, sizeof request) <= 0)
        return;
    if (!stream) {
        (void)put(fd, short_answer, sizeof short_answer - 1);
        return;
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &due);
    for (bool open = put(fd, head, sizeof head - 1); open; open = put(fd, message, sizeof message - 1)) {
        due.tv_sec++;
        (void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
    }
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 100;
    bool stream = strcmp(argv[2], "stream") == 0;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)atoi(argv[1])),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    (void)setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0) {
        perror("listen");
        return 111;
    }
    (void)signal(SIGCHLD, SIG_IGN);
    (void)signal(SIGPIPE, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0)
            continue;
        if (fork() == 0) {
            (void)close(listener);
            serve(fd, stream);
            _exit(0);
        }
        (void)close(fd);
    }
}
