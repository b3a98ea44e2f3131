/*
 * The JSON of /status: one line, entries sorted by peer. It equals the original server's, byte for byte. Pure.
 */
#ifndef SCOREBOARD_STATUS_H
#define SCOREBOARD_STATUS_H

#include "base/text.h"
#include "scoreboard/handle.h"

/*
 * Sorts the clients by peer, byte by byte. Of clients with the same peer only the latest stays: two listeners may each
 * have a client with the same address and port. Returns the number of clients left.
 */
size_t status_sort(struct client *clients, size_t count);

/* Capacity for one member and a comma, bytes. */
enum { STATUS_MEMBER_ROOM = LIMIT_PEER * 2 + 128 };

/* Appends one member of the object, without a comma. The peer has no quotes or backslashes. */
void status_member(struct text *text, const struct client *client);

/* The length of the whole object, bytes. */
uint64_t status_length(const struct client *clients, size_t count);

#endif
