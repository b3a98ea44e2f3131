/*
 * The JSON of /log: an attempt as one object, on one line. Pure.
 */
#ifndef SCOREBOARD_RECORD_H
#define SCOREBOARD_RECORD_H

#include "base/text.h"
#include "scoreboard/attempt.h"
#include "scoreboard/details.h"

/* Capacity for one attempt, bytes: JSON needs up to 6 for a byte of a string, and 1 KiB for all names and numbers. */
enum { RECORD_ROOM = 6 * (sizeof(struct attempt) + sizeof(struct details)) + 1024 };

/*
 * Appends an attempt from attempt_start() or journal_copy(). Members: key, attempt, arrivedAt (RFC 3339), sinceLastMs,
 * method, target, headers (those in the request), fields (those that `log` names), body (size, crc32 in hexadecimal,
 * beginning), status, bytes, events, durationMs, closedAfterMs, end. Unknown values are null. Times are whole
 * milliseconds, rounded down.
 */
void record_json(struct text *text, const struct attempt *attempt, const struct details *details);

#endif
