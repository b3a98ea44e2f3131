/*
 * The JSON of /log: an attempt as one object, on one line. Pure.
 */
#ifndef SCOREBOARD_RECORD_H
#define SCOREBOARD_RECORD_H

#include "base/text.h"
#include "scoreboard/attempt.h"

/* Room for one attempt: a byte of a string is six at the most, and the names and numbers are not a kilobyte. */
enum { RECORD_ROOM = 6 * sizeof(struct attempt) + 1024 };

/*
 * Appends the attempt, one that attempt_start() has made or journal_read() has copied: key, attempt, arrivedAt (RFC
 * 3339), sinceLastMs, method, target, headers (those that came), body (size, crc32 in hexadecimal), status, bytes,
 * events, durationMs, end. What is not known is null; times are whole milliseconds, rounded down.
 */
void record_json(struct text *text, const struct attempt *attempt);

#endif
