/*
 * Addresses of the internet, as text and as sockaddr. Pure.
 */
#ifndef LISTEN_ADDRESS_H
#define LISTEN_ADDRESS_H

#include "base/text.h"

#include <sys/socket.h>

/* An address to bind. `any`: all addresses, IPv6 and IPv4, or only IPv4 on a machine without IPv6. */
struct address {
    struct sockaddr_storage socket;
    socklen_t length;
    bool any;
};

/* Reads "8080", ":8080", "127.0.0.1:8080" or "[::1]:8080": no names, port 0 to 65535. Returns false for anything else.
 */
bool address_parse(const char *string, struct address *address);

/* Changes an address with `any` to 0.0.0.0, for a machine without IPv6. */
void address_use_ipv4(struct address *address);

/*
 * Appends "127.0.0.1:8080", "[::1]:8080" or "[fe80::1%2]:8080". IPv4-mapped addresses are written as plain IPv4.
 * Returns false and writes nothing if the family is neither IPv4 nor IPv6.
 */
bool address_text(struct text *text, const struct sockaddr_storage *socket);

/* The same, but writes ":8080" for "all addresses". */
bool address_listening_text(struct text *text, const struct sockaddr_storage *socket);

#endif
