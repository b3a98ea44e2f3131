/*
 * Confinement. Each step stands by itself, and a kernel that refuses one (an old one, or another sandbox around us)
 * still gets the others: the first refusal is told, and serving goes on.
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
    (void)syscall(SYS_close_range, (unsigned)first, ~0U, 0); /* fails on a kernel before 5.9: then they stay */
#else
    (void)first;
#endif
}

static const struct rlimit none = {0, 0};
static const struct rlimit memory = {LIMIT_MEMORY, LIMIT_MEMORY};

static const char *confine_resources(bool has_token)
{
    if (has_token && prctl(PR_SET_DUMPABLE, 0) != 0)
        return "a process that cannot be looked into";
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        return "no core dumps";
    if (!BUILD_IS_LOOSE && setrlimit(RLIMIT_DATA, &memory) != 0)
        return "a limit on memory";
    return NULL;
}

const char *confine_process(const struct confine_needs *needs)
{
    const char *refused = confine_resources(needs->has_token);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return "no_new_privs";
    if (!BUILD_IS_LOOSE && !landlock_restrict(needs->token_file))
        refused = "Landlock";
    if (!BUILD_IS_LOOSE && !filter_install(needs->listens, needs->kill_key, needs->shared_file))
        refused = "a system call filter";
    return refused;
}

void confine_child(void)
{
    (void)setrlimit(RLIMIT_NPROC, &none); /* root may have children all the same */
}
