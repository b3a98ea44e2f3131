/* Spawning by clone(2) without CLONE_VM: a copy of the process, as with fork(2), but on another stack. */
#include "listen/spawn.h"

#include "base/build.h"
#include "base/clock.h"
#include "base/exit.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    PAGE = 4096,
    STACK_BELOW = 1024 * 1024, /* more than the stack has ever grown */
    VDSO_AROUND = 16 * PAGE,   /* the vdso's data before it, and its code */
    ARGUMENT_ROOM = 512,
};

/* At the top of the new stack. */
struct clone_frame {
    spawn_run *run;
    _Alignas(16) char argument[ARGUMENT_ROOM];
};

/* Keeps whole pages, from the one with `from`, out of the children. madvise(2) skips holes and then returns ENOMEM. */
static void keep_to_ourselves(uintptr_t from, uintptr_t to)
{
    uintptr_t first = from - from % PAGE;
    (void)madvise((void *)first, to - first, MADV_DONTFORK); /* NOLINT(performance-no-int-to-ptr) */
}

void spawn_prepare(void)
{
    if (BUILD_IS_LOOSE)
        return;
    (void)clock_monotonic(); /* elsewhere than on x86-64: musl's first look at the clock reads this stack */
    char here = 0;
    uintptr_t stack = (uintptr_t)&here;
    uintptr_t top = getauxval(AT_EXECFN); /* the last string of the stack */
    if (top > stack)
        keep_to_ourselves(stack - STACK_BELOW, top - top % PAGE + (uintptr_t)2 * PAGE);
#ifdef __x86_64__ /* on other machines a signal handler returns through it */
    uintptr_t vdso = getauxval(AT_SYSINFO_EHDR);
    if (vdso != 0)
        keep_to_ourselves(vdso - VDSO_AROUND, vdso + VDSO_AROUND);
#endif
}

static int start_child(void *frame_place)
{
    struct clone_frame *frame = frame_place;
    frame->run(frame->argument);
    exit_process(EXIT_SERVED);
}

pid_t spawn_process(char *stack, spawn_run *run, const void *argument, size_t size)
{
    struct clone_frame *frame = (struct clone_frame *)(void *)(stack + SPAWN_STACK - sizeof *frame);
    if (size > sizeof frame->argument) {
        errno = E2BIG;
        return -1;
    }
    frame->run = run;
    memcpy(frame->argument, argument, size);
    if (!BUILD_IS_LOOSE)
        return clone(start_child, frame, SIGCHLD, frame);
    pid_t child = fork();
    return child == 0 ? start_child(frame) : child;
}
