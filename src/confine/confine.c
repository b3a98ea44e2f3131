/*
 * Confinement. The steps are independent: if the kernel refuses one (an old kernel, or one in another sandbox), the
 * others still apply.
 */
#include "confine/confine.h"

#include "base/build.h"
#include "base/limits.h"
#include "confine/filter.h"
#include "confine/landlock.h"

#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void confine_descriptors(int first)
{
#ifdef SYS_close_range
    (void)syscall(SYS_close_range, (unsigned)first, ~0U, 0); /* before Linux 5.9 it fails, and they stay open */
#else
    (void)first;
#endif
}

static const struct rlimit none = {0, 0};
static const struct rlimit memory = {LIMIT_MEMORY, LIMIT_MEMORY};

static const char *confine_resources(bool has_token)
{
    if (has_token && prctl(PR_SET_DUMPABLE, 0) != 0)
        return "PR_SET_DUMPABLE (other processes can look into this one)";
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        return "RLIMIT_CORE (no core dumps)";
    if (!BUILD_IS_LOOSE && setrlimit(RLIMIT_DATA, &memory) != 0)
        return "RLIMIT_DATA (a limit on memory)";
    return NULL;
}

const char *confine_process(const struct confine_needs *needs)
{
    const char *refused = confine_resources(needs->has_token);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "PR_SET_NO_NEW_PRIVS";
    if (!BUILD_IS_LOOSE && !landlock_restrict(needs->token_file))
        refused = "Landlock";
    if (!BUILD_IS_LOOSE && !filter_install(needs->listens, needs->kill_key, needs->shared_file))
        refused = "a system call filter";
    return refused;
}

void confine_child(void)
{
    (void)setrlimit(RLIMIT_NPROC, &none); /* does not bind root */
}
