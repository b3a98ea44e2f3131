/* Addresses as text and as sockaddr. */
#include "listen/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static bool set_ipv4(struct address *address, const char *host, in_port_t port)
{
    struct sockaddr_in *in = (struct sockaddr_in *)&address->socket;
    in->sin_family = AF_INET;
    in->sin_port = port;
    address->length = sizeof *in;
    return inet_pton(AF_INET, host, &in->sin_addr) == 1;
}

static bool set_ipv6(struct address *address, const char *host, in_port_t port)
{
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)&address->socket;
    in->sin6_family = AF_INET6;
    in->sin6_port = port;
    address->length = sizeof *in;
    return inet_pton(AF_INET6, host, &in->sin6_addr) == 1;
}

bool address_parse(const char *string, struct address *address)
{
    char host[INET6_ADDRSTRLEN + 1] = "";
    uint64_t port;
    const char *colon = strrchr(string, ':');
    size_t length = colon == NULL ? 0 : (size_t)(colon - string);
    memset(address, 0, sizeof *address);
    if (!span_number(span_of(colon == NULL ? string : colon + 1), UINT16_MAX, &port) || length >= sizeof host)
        return false;
    address->any = length == 0;
    if (address->any)
        return set_ipv6(address, "::", htons((uint16_t)port));
    bool brackets = string[0] == '[' && string[length - 1] == ']';
    memcpy(host, string + brackets, length - 2 * (size_t)brackets);
    return brackets ? set_ipv6(address, host, htons((uint16_t)port)) : set_ipv4(address, host, htons((uint16_t)port));
}

void address_use_ipv4(struct address *address)
{
    in_port_t port = ((struct sockaddr_in6 *)&address->socket)->sin6_port;
    memset(&address->socket, 0, sizeof address->socket);
    (void)set_ipv4(address, "0.0.0.0", port);
}

static void port_text(struct text *text, in_port_t port)
{
    text_string(text, ":");
    text_number(text, ntohs(port));
}

/*
 * inet_ntop(3) writes the canonical form (RFC 5952, 4). A connection calls it once: no page more than with code of our
 * own, and no CPU time that could be measured beside the 170 us of a short request.
 */
static void host_text(struct text *text, int family, const void *host)
{
    char room[INET6_ADDRSTRLEN];
    text_string(text, inet_ntop(family, host, room, sizeof room));
}

static void ipv4_text(struct text *text, const void *host, in_port_t port)
{
    host_text(text, AF_INET, host);
    port_text(text, port);
}

static void ipv6_text(struct text *text, const struct sockaddr_in6 *in)
{
    text_string(text, "[");
    host_text(text, AF_INET6, &in->sin6_addr);
    if (in->sin6_scope_id != 0) {
        text_string(text, "%");
        text_number(text, in->sin6_scope_id);
    }
    text_string(text, "]");
    port_text(text, in->sin6_port);
}

bool address_text(struct text *text, const struct sockaddr_storage *socket)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)socket;
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)socket;
    if (socket->ss_family == AF_INET)
        ipv4_text(text, &in->sin_addr, in->sin_port);
    else if (socket->ss_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr))
        ipv4_text(text, &in6->sin6_addr.s6_addr[12], in6->sin6_port);
    else if (socket->ss_family == AF_INET6)
        ipv6_text(text, in6);
    else
        return false;
    return true;
}

bool address_listening_text(struct text *text, const struct sockaddr_storage *socket)
{
    const struct sockaddr_in *in = (const struct sockaddr_in *)socket;
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)socket;
    if (socket->ss_family == AF_INET && in->sin_addr.s_addr == htonl(INADDR_ANY))
        port_text(text, in->sin_port);
    else if (socket->ss_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED(&in6->sin6_addr))
        port_text(text, in6->sin6_port);
    else
        return address_text(text, socket);
    return true;
}
