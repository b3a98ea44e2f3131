/*
 * Where to listen, as the operator writes it. Pure.
 */
#ifndef LISTEN_ADDRESS_H
#define LISTEN_ADDRESS_H

#include "base/text.h"

#include <sys/socket.h>

/* An address to bind. With `any`, all of this machine's: IPv6 and IPv4, or IPv4 alone where there is no IPv6. */
struct address {
    struct sockaddr_storage socket;
    socklen_t length;
    bool any;
};

/* "8080", ":8080", "127.0.0.1:8080", "[::1]:8080": numbers only, port 0 to 65535. False for anything else. */
bool address_parse(const char *string, struct address *address);

/* Makes it the IPv4 one of "all addresses", for a machine without IPv6. */
void address_use_ipv4(struct address *address);

/*
 * "127.0.0.1:8080", "[::1]:8080", "[fe80::1%2]:8080"; an IPv4 address mapped into IPv6 as the plain one. False, nothing
 * written, for what is no internet address.
 */
bool address_text(struct text *text, const struct sockaddr_storage *socket);

/* The same, but "all addresses" as ":8080". */
bool address_listening_text(struct text *text, const struct sockaddr_storage *socket);

#endif
