/*
 * Parameters that are lists of numbers: the sizes of split, and the waits of interval and gap. Pure.
 *
 * A list is never copied. It stays as it arrived, still encoded, and is read one value at a time.
 */
#ifndef PLAN_LIST_H
#define PLAN_LIST_H

#include "base/span.h"

/*
 * Takes the next value off the front of *rest: the bytes up to a comma or "%2C", still encoded. Sets the address of
 * *rest to NULL after the last one. The list must not be at its end.
 */
struct span list_next(struct span *rest);

/* The encoded list has 1 to LIMIT_LIST values, and each is a number of bytes from `least` to `most`. */
bool list_is_sizes(struct span list, uint64_t least, uint64_t most);

/* The encoded list has 1 to LIMIT_LIST values, and each is a duration of at most `most` ns. */
bool list_is_durations(struct span list, uint64_t most);

/* The next value of a list that list_is_sizes() accepts. After its end the list begins again. */
uint64_t list_next_size(struct span *rest, struct span list);

/* The waits of a list that list_is_durations() accepts. After the end of the list, its last wait is repeated. */
struct waits {
    struct span rest; /* encoded; at == NULL: only the last one is left */
    int64_t ns;       /* the last one taken */
};

/* The next wait, ns. */
int64_t waits_next(struct waits *waits);

/* The sum of the next `count` waits, ns, which are taken; UINT64_MAX if it is longer than 292 years. */
uint64_t waits_sum(struct waits *waits, uint64_t count);

/* The longest of the waits that are left, ns. */
int64_t waits_longest(struct waits waits);

#endif
