/* The clock and the waits of the fuzz targets. */
#include "fakes.h"

#include "base/clock.h"

int64_t fake_now = NS_PER_S;
enum wait (*fake_wait)(int fd, short events, int64_t deadline) = fake_wait_due;

int64_t clock_monotonic(void)
{
    return fake_now;
}

int64_t clock_realtime(void)
{
    return INT64_C(1700000000) * NS_PER_S + fake_now;
}

enum wait fake_wait_due(int fd, short events, int64_t deadline)
{
    (void)fd;
    (void)events;
    if (deadline == CLOCK_NEVER)
        return WAIT_STOP;
    if (deadline > fake_now)
        fake_now = deadline;
    return WAIT_DEADLINE;
}

void wait_until(int64_t deadline)
{
    (void)fake_wait_due(-1, 0, deadline);
}

enum wait wait_for(int fd, short events, int64_t deadline)
{
    return fake_wait(fd, events, deadline);
}
