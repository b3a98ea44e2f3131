/* The clock and the waits of the fuzz targets. Nothing fails. */
#include "fakes.h"

#include "base/clock.h"

int64_t fake_now = NS_PER_S;
enum wait (*fake_wait)(int fd, short events, int64_t due) = fake_wait_due;

int64_t clock_monotonic(void)
{
    return fake_now;
}

int64_t clock_realtime(void)
{
    return INT64_C(1700000000) * NS_PER_S + fake_now;
}

enum wait fake_wait_due(int fd, short events, int64_t due)
{
    (void)fd;
    (void)events;
    if (due == NEVER)
        return WAIT_STOP;
    if (due > fake_now)
        fake_now = due;
    return WAIT_DUE;
}

void rest_until(int64_t due)
{
    (void)fake_wait_due(-1, 0, due);
}

enum wait wait_for(int fd, short events, int64_t due)
{
    return fake_wait(fd, events, due);
}
