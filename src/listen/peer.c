/* The peer's name. Without an address it is made of the process id, so that no other connection has the same. */
#include "listen/peer.h"

#include "listen/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct peer peer_of_process(void)
{
    struct peer peer = {""};
    (void)snprintf(peer.name, sizeof peer.name, "pid-%d", (int)getpid());
    return peer;
}

struct peer peer_of_address(const struct sockaddr_storage *socket)
{
    struct peer peer = {""};
    struct text text = text_in(peer.name, sizeof peer.name - 1);
    return address_text(&text, socket) && !text.truncated ? peer : peer_of_process();
}

/* Reads an address, with or without brackets and scope, and a port. Ignores the scope. */
static bool read_address(const char *host, const char *port, struct sockaddr_storage *socket)
{
    char plain[INET6_ADDRSTRLEN];
    struct text text = text_in(plain, sizeof plain - 1);
    struct span rest = span_of(host);
    struct sockaddr_in *in = (struct sockaddr_in *)socket;
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)socket;
    uint64_t number = 0;
    if (port != NULL && !span_number(span_of(port), UINT16_MAX, &number))
        return false;
    if (span_starts(rest, "["))
        rest = span_after(rest, 1);
    rest = span_cut(&rest, ']');
    text_span(&text, span_cut(&rest, '%'));
    plain[text.length] = '\0';
    in->sin_port = htons((uint16_t)number); /* in the same place as sin6_port */
    if (inet_pton(AF_INET, plain, &in->sin_addr) == 1)
        socket->ss_family = AF_INET;
    else if (inet_pton(AF_INET6, plain, &in6->sin6_addr) == 1)
        socket->ss_family = AF_INET6;
    return socket->ss_family != AF_UNSPEC && !text.truncated;
}

static bool peer_of_variables(struct peer *peer, const char *host, const char *port)
{
    struct sockaddr_storage socket = {.ss_family = AF_UNSPEC};
    const char *value = getenv(host);
    if (value == NULL || !read_address(value, getenv(port), &socket))
        return false;
    *peer = peer_of_address(&socket);
    return true;
}

static bool peer_of_environment(struct peer *peer)
{
    static const struct {
        const char *host, *port;
    } variables[] = {
        {"REMOTE_ADDR", "REMOTE_PORT"},           /* systemd */
        {"TCPREMOTEIP", "TCPREMOTEPORT"},         /* tcpserver, tcpsvd, inetutils-inetd, s6 */
        {"SOCAT_PEERADDR", "SOCAT_PEERPORT"},     /* socat */
        {"NCAT_REMOTE_ADDR", "NCAT_REMOTE_PORT"}, /* ncat */
        {"REMOTE_HOST", "REMOTE_PORT"},           /* xinetd, stunnel */
    };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        if (peer_of_variables(peer, variables[i].host, variables[i].port))
            return true;
    }
    return false;
}

/*
 * stunnel decrypts, so it hands over one end of a socket pair of its own: TCP on 127.0.0.1. It sets both variables.
 * xinetd hands over the client's socket and sets REMOTE_HOST without a port.
 */
static bool peer_of_stunnel(struct peer *peer, const struct sockaddr_storage *socket)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)socket;
    return socket->ss_family == AF_INET && in->sin_addr.s_addr == htonl(INADDR_LOOPBACK) &&
           getenv("REMOTE_PORT") != NULL && peer_of_variables(peer, "REMOTE_HOST", "REMOTE_PORT");
}

struct peer peer_of_descriptor(int fd)
{
    struct sockaddr_storage socket = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof socket;
    struct peer peer = {""};
    bool connected = getpeername(fd, (struct sockaddr *)&socket, &length) == 0;
    if (connected && peer_of_stunnel(&peer, &socket))
        return peer;
    if (connected && (socket.ss_family == AF_INET || socket.ss_family == AF_INET6))
        return peer_of_address(&socket);
    return peer_of_environment(&peer) ? peer : peer_of_process();
}
