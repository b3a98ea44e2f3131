/* The peer's name. Where nothing is known, the process id makes one that no other connection has. */
#include "door/peer.h"

#include "door/address.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct peer peer_of_process(void)
{
    struct peer peer = {""};
    struct text text = text_in(peer.name, sizeof peer.name - 1);
    text_string(&text, "pid-");
    text_number(&text, (uint64_t)getpid());
    return peer;
}

struct peer peer_of_address(const struct sockaddr_storage *socket)
{
    struct peer peer = {""};
    struct text text = text_in(peer.name, sizeof peer.name - 1);
    return address_text(&text, socket) && !text.cut ? peer : peer_of_process();
}

/* Hexadecimal digits, dots, colons and a scope: what an address is made of. SOCAT_PEERADDR has brackets as well. */
static bool is_address(struct span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (hex_digit(span.at[i]) < 0 && strchr(".:%", span.at[i]) == NULL)
            return false;
    return span.length > 0;
}

/* "ADDR:PORT", or "ADDR" alone where the port is not told. False if that is no address. */
static bool peer_of_strings(struct peer *peer, const char *host, const char *port)
{
    struct text text = text_in(peer->name, sizeof peer->name - 1);
    struct span address = span_of(host);
    if (span_starts(address, "[") && host[address.length - 1] == ']')
        address = (struct span){host + 1, address.length - 2};
    if (span_starts_like(address, "::ffff:") && memchr(address.at, '.', address.length) != NULL)
        address = span_after(address, 7);
    uint64_t number = 0;
    if (!is_address(address) || (port != NULL && !span_number(span_of(port), UINT16_MAX, &number)))
        return false;
    bool brackets = port != NULL && memchr(address.at, ':', address.length) != NULL;
    text_string(&text, brackets ? "[" : "");
    text_span(&text, address);
    text_string(&text, brackets ? "]" : "");
    if (port != NULL) {
        text_string(&text, ":");
        text_number(&text, number);
    }
    peer->name[text.length] = '\0';
    return !text.cut;
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
        {"REMOTE_HOST", "REMOTE_PORT"},           /* xinetd */
    };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *host = getenv(variables[i].host);
        if (host != NULL && peer_of_strings(peer, host, getenv(variables[i].port)))
            return true;
    }
    return false;
}

struct peer peer_of_descriptor(int fd)
{
    struct sockaddr_storage socket = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof socket;
    struct peer peer = {""};
    if (getpeername(fd, (struct sockaddr *)&socket, &length) == 0 &&
        (socket.ss_family == AF_INET || socket.ss_family == AF_INET6))
        return peer_of_address(&socket);
    return peer_of_environment(&peer) ? peer : peer_of_process();
}
