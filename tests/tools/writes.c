/*
 * A client that shows each write of a program separately.
 *
 *   writes [-o] [-s MS] PROGRAM [ARG...] <REQUEST
 *   writes [-o] [-s MS] PORT <REQUEST
 *
 * PROGRAM gets one end of a SOCK_SEQPACKET pair as its standard input and output, so that each of its writes arrives as
 * one packet. A request of at most SHORT bytes, and its end, are there before the program runs. PORT is a port of
 * 127.0.0.1. TCP may join writes, but only TCP has resets.
 *
 *   -o      keep the sending side open after the request; default: end it
 *   -s MS   close if nothing has arrived for this long
 *
 * Prints a line for each packet: the time in ms since the request, the length, and the bytes, with "\" and everything
 * but printable ASCII escaped for printf %b. The last line is "end", "reset" or "silent". Then waits for the program.
 * Exit 1 if the program fails or if all this takes more than 25 seconds, 2 if a system call failed.
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

/* Starts a program, which begins when the caller closes *go. Returns the other end of its socket. */
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

/* In parts, because a reader with a smaller buffer loses the rest of a packet. */
static void send_request(int fd, size_t length, bool stays_open)
{
    for (size_t sent = 0; sent < length;) {
        size_t part = length - sent < PART ? length - sent : PART;
        ssize_t taken = send(fd, request + sent, part, MSG_NOSIGNAL);
        if (taken < 0 && (errno == EPIPE || errno == ECONNRESET))
            break; /* the program takes no more; it may have sent the reason */
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

/* Prints packets until the connection ends. Returns how it ended, or NULL after TIME_MS. */
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

/* Waits for the program. Returns true if it exits with 0. */
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
    int64_t began = now_ms(); /* before the request, so that no time is too short */
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
