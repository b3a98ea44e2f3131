/*
 * What a program writes, write by write: a client that keeps them apart.
 *
 *   writes [-o] [-s MS] PROGRAM [ARG...] <REQUEST
 *   writes [-o] [-s MS] PORT <REQUEST
 *
 * A program is started with one end of a socket pair as its standard input and output. That socket keeps records apart,
 * so that each write of the program comes as one packet. A request of SHORT bytes at the most, and its end, are there
 * before the program runs.
 * A number is a port of 127.0.0.1 to connect to; TCP keeps nothing apart, but only there is a reset a reset.
 *
 * The sending side is ended behind the request, or with -o stays open. With -s the client leaves when nothing has come
 * for so long.
 *
 * Prints a line for each packet, as it comes: milliseconds since the request was sent, its length, its bytes. Of those,
 * "\" and all but printable ASCII are escaped as printf %b reads them. Then how it ended: "end", "reset" or "silent". A
 * program is waited for, once the connection is closed. Exit 1 if it fails or if all this takes more than 25 seconds, 2
 * if the machine fails us.
 */
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { REQUEST_MOST = 2 << 20, PACKET_MOST = 1 << 20, PART = 1024, SHORT = 32768, TIME_MS = 25000 };

static char request[REQUEST_MOST];
static unsigned char packet[PACKET_MOST];

/* The program begins when *go is closed. */
static int start(char **argv, pid_t *program, int *go)
{
    int pair[2], gate[2];
    char byte;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0 || pipe2(gate, O_CLOEXEC) != 0)
        give_up("socketpair");
    *program = fork();
    if (*program < 0)
        give_up("fork");
    if (*program == 0) {
        (void)close(gate[1]);
        (void)!read(gate[0], &byte, 1);
        if (dup2(pair[1], STDIN_FILENO) >= 0 && dup2(pair[1], STDOUT_FILENO) >= 0)
            (void)execv(argv[0], argv);
        give_up(argv[0]);
    }
    (void)close(pair[1]);
    (void)close(gate[0]);
    *go = gate[1];
    return pair[0];
}

/* In parts, since whoever reads a packet into less room loses the rest of it. */
static void send_request(int fd, size_t length, bool stays_open)
{
    for (size_t sent = 0; sent < length;) {
        size_t part = length - sent < PART ? length - sent : PART;
        ssize_t taken = send(fd, request + sent, part, MSG_NOSIGNAL);
        if (taken < 0 && (errno == EPIPE || errno == ECONNRESET))
            break; /* it does not want more; it may have said why */
        if (taken < 0)
            give_up("send");
        sent += (size_t)taken;
    }
    if (!stays_open)
        (void)shutdown(fd, SHUT_WR);
}

static void print_packet(int64_t ms, size_t length)
{
    printf("%lld %zu ", (long long)ms, length);
    for (size_t i = 0; i < length; i++) {
        if (packet[i] == '\r' || packet[i] == '\n')
            printf("\\%c", packet[i] == '\r' ? 'r' : 'n');
        else if (packet[i] == '\\' || packet[i] < ' ' || packet[i] > '~')
            printf("\\x%02x", packet[i]);
        else
            putchar(packet[i]);
    }
    putchar('\n');
}

/* Prints what comes until it ends, and says how. NULL: it takes too long. */
static const char *receive(int fd, int64_t silence_ms, int64_t began)
{
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        int64_t left = began + TIME_MS - now_ms();
        bool is_patient = silence_ms < 0 || silence_ms > left;
        if (left <= 0)
            return NULL;
        if (poll(&ready, 1, (int)(is_patient ? left : silence_ms)) == 0)
            return is_patient ? NULL : "silent";
        ssize_t got = recv(fd, packet, sizeof packet, 0);
        if (got <= 0)
            return got == 0 ? "end" : errno == ECONNRESET ? "reset" : strerror(errno);
        print_packet(now_ms() - began, (size_t)got);
    }
}

/* Has it ended, and well? */
static bool ended_well(pid_t program)
{
    int status;
    (void)alarm(TIME_MS / 1000);
    if (program != 0 && waitpid(program, &status, 0) != program)
        give_up("waitpid");
    return program == 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(int argc, char **argv)
{
    bool stays_open = false;
    int64_t silence_ms = -1;
    pid_t program = 0;
    int go = -1;
    for (int option; (option = getopt(argc, argv, "+os:")) != -1;) {
        if (option == '?')
            return 2;
        if (option == 's')
            silence_ms = atoll(optarg);
        else
            stays_open = true;
    }
    if (optind == argc)
        return 2;
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    size_t length = fread(request, 1, sizeof request, stdin);
    uint16_t port = (uint16_t)atoi(argv[optind]);
    int fd = port != 0 ? connect_to(port) : start(argv + optind, &program, &go);
    int64_t began = now_ms(); /* before, so that no wait seems shorter than it was */
    if (go >= 0 && length > SHORT)
        (void)close(go);
    send_request(fd, length, stays_open);
    if (go >= 0 && length <= SHORT)
        (void)close(go);
    const char *how = receive(fd, silence_ms, began);
    printf("%s\n", how != NULL ? how : "no end");
    (void)close(fd);
    return how == NULL || !ended_well(program);
}
