/*
 * The parts of an attempt that do not fit into struct attempt: the fields that the parameter `log` names, the beginning
 * of the body, and a long target. Most attempts have none of them. So the details have their own part of the shared
 * file, and cost memory only where they were written. Pure; nothing fails.
 *
 * The parts follow each other without a gap, in this order. The attempt has their sizes.
 */
#ifndef SCOREBOARD_DETAILS_H
#define SCOREBOARD_DETAILS_H

#include "base/limits.h"
#include "base/span.h"

struct attempt; /* attempt.h */

/* All fields and a body always fit: each name and value has a NUL. The target gets the rest, at least 495 bytes. */
struct details {
    char bytes[LIMIT_DETAILS];
};

/*
 * Appends a field; at most LIMIT_LOG_FIELDS, whose names have at most LIMIT_LOG_NAMES bytes together with the commas
 * between them. A value of more than LIMIT_LOG_FIELD bytes is cut.
 */
void details_take_field(struct details *details, struct attempt *attempt, struct span name, struct span value);

/*
 * Stores the beginning of the body, at most LIMIT_BODY_KEPT bytes, after the fields. If the body is longer than that
 * (`goes_on`), leaves out a character (UTF-8) that is incomplete at the end.
 */
void details_take_body(struct details *details, struct attempt *attempt, struct span beginning, bool goes_on);

/* Stores a target that is too long for struct attempt, after the body. It is cut if it is too long for the rest. */
void details_take_target(struct details *details, struct attempt *attempt, struct span target);

/* The number of bytes that are used. */
size_t details_size(const struct attempt *attempt);

/*
 * The next field. *at is 0 at first; the function advances it. False at the end, or at damage. The spans point into
 * *details. The attempt satisfies attempt_mend().
 */
bool details_next_field(const struct details *details, const struct attempt *attempt, size_t *at, struct span *name,
                        struct span *value);

/* The beginning of the body; empty if none was kept. */
struct span details_body(const struct details *details, const struct attempt *attempt);

/* The target as far as it was kept: in the details or in the attempt. */
struct span details_target(const struct details *details, const struct attempt *attempt);

#endif
