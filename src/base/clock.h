/*
 * The two clocks. Every time in this program is an int64_t, in ns: of the monotonic clock for deadlines, of the
 * realtime clock (since 1970, UTC) for times that are shown.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

/* A deadline that never comes. */
#define CLOCK_NEVER INT64_MAX

/* They cannot fail: every Linux has both clocks. */
int64_t clock_monotonic(void);
int64_t clock_realtime(void);

#endif
