/*
 * The JSON of /status, to the original's byte: one line, entries sorted by peer. Pure.
 */
#ifndef SCOREBOARD_STATUS_H
#define SCOREBOARD_STATUS_H

#include "base/text.h"
#include "scoreboard/handle.h"

/*
 * Sorts the clients by peer, byte by byte, and drops all but the latest of those with one name (two listeners may each
 * have a client at one address and port). Needs no memory of its own. Returns how many are left.
 */
size_t status_sort(struct client *clients, size_t count);

/* Room for one member of the object with a comma. */
enum { STATUS_MEMBER_ROOM = LIMIT_PEER * 2 + 128 };

/* One member of the object, without the comma before it. */
void status_member(struct text *text, const struct client *client);

/* The length of the whole object, bytes. */
uint64_t status_length(const struct client *clients, size_t count);

#endif
