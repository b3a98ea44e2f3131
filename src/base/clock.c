/* Reading the clocks. */
#include "base/clock.h"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int64_t read_clock(clockid_t id)
{
    struct timespec now = {0};
/* not through the vdso: a listener's children do not have it (listen/spawn.h) */
#ifdef __x86_64__
    (void)syscall(SYS_clock_gettime, id, &now);
#else
    (void)clock_gettime(id, &now);
#endif
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

int64_t clock_monotonic(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_realtime(void)
{
    return read_clock(CLOCK_REALTIME);
}
