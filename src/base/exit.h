/*
 * Exit codes, the super-servers' convention: 100 is the operator's mistake and stays so, 111 may be gone at the next
 * try. What a client does, however bad, is never a failure of this program.
 */
#ifndef BASE_EXIT_H
#define BASE_EXIT_H

#include "base/build.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    EXIT_SERVED = 0,      /* the connection ended, or the listener was told to stop */
    EXIT_UNHEALTHY = 1,   /* -c: no server answers */
    EXIT_USAGE = 100,     /* the command line or the environment is wrong */
    EXIT_TEMPORARY = 111, /* a system call failed */
};

/*
 * Ends the process. Not by exit(3): what the C library does there is for streams and destructors, of which there are
 * none, and it writes to two pages that nothing else touches. With that, a write less at the end (plan_joins_end())
 * and no poll before a line of the log, a short request took the server 128 us of CPU time instead of 131 (medians of
 * nine rounds in turn, on a busy machine).
 */
static inline _Noreturn void exit_process(int code)
{
    if (BUILD_IS_LOOSE)
        exit(code);
    _exit(code);
}

#endif
