/*
 * The two clocks. Every time in this program is an int64_t count of nanoseconds: on the monotonic clock when something
 * is due, on the realtime clock (since 1970, UTC) when it is shown.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#define NS_PER_S INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)

/* A due time that never comes. */
#define CLOCK_NEVER INT64_MAX

/* Neither fails: both clocks exist on every Linux. */
int64_t clock_monotonic(void);
int64_t clock_realtime(void);

#endif
