/* The program of the filter, run step by step as the kernel does it: for each number the right answer. */
#include "check.h"
#include "confine/filter.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#define KEY UINT64_C(0x123456789abcdef0)
enum { NUMBERS = 1024, SHARED_FILE = 5 };

struct program {
    struct sock_filter steps[FILTER_STEPS];
    unsigned length;
};

static struct program program_for(bool listens)
{
    struct program program;
    program.length = filter_write(program.steps, listens, listens ? KEY : 0, SHARED_FILE);
    check(program.length > 0 && program.length <= FILTER_STEPS);
    return program;
}

/* Returns the action, and the number of steps until it. */
static uint32_t run(const struct program *program, const struct seccomp_data *data, unsigned *steps)
{
    uint32_t loaded = 0;
    *steps = 0;
    for (unsigned at = 0; at < program->length; at++) {
        const struct sock_filter *step = &program->steps[at];
        ++*steps;
        if (step->code == (BPF_RET | BPF_K))
            return step->k;
        if (step->code == (BPF_LD | BPF_ABS)) {
            check(step->k % sizeof loaded == 0 && step->k < sizeof *data);
            memcpy(&loaded, (const char *)data + step->k, sizeof loaded);
        } else if (step->code == (BPF_ALU | BPF_AND | BPF_K)) {
            loaded &= step->k;
        } else {
            bool is_equal = step->code == (BPF_JMP | BPF_JEQ | BPF_K);
            check(is_equal || step->code == (BPF_JMP | BPF_JGE | BPF_K));
            at += (is_equal ? loaded == step->k : loaded >= step->k) ? step->jt : step->jf;
        }
    }
    check(false); /* it ran off the end */
    return 0;
}

static bool allows(const struct program *program, long call, const uint64_t *args)
{
    struct seccomp_data data = {.nr = (int)call, .arch = FILTER_ARCH};
    unsigned steps;
    memcpy(data.args, args, sizeof data.args);
    uint32_t action = run(program, &data, &steps);
    check(action == SECCOMP_RET_ALLOW || action == SECCOMP_RET_KILL_PROCESS);
    return action == SECCOMP_RET_ALLOW;
}

static bool is_one_of(long call, const long *calls, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (calls[i] == call)
            return true;
    return false;
}

/* Calls whose arguments do not matter. */
static const long always[] = {
    SYS_recvfrom, SYS_read,         SYS_write,          SYS_ppoll,        SYS_shutdown,
    SYS_close,    SYS_getsockopt,   SYS_clock_gettime,  SYS_gettid,       SYS_set_robust_list,
    SYS_getpid,   SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_restart_syscall,
    SYS_brk,      SYS_exit_group,   SYS_exit,
#ifdef SYS_poll
    SYS_poll,
#endif
};
static const long listening[] = {
    SYS_accept4, SYS_set_tid_address, SYS_wait4, SYS_getppid,
#ifdef SYS_accept
    SYS_accept,
#endif
#ifdef SYS_fork
    SYS_fork,
#endif
#ifdef SYS_rseq
    SYS_rseq,
#endif
};

/* With these arguments, no call passes whose arguments are tested. */
static void check_numbers(bool listens)
{
    static const uint64_t args[6] = {UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX};
    struct program program = program_for(listens);
    for (long call = 0; call < NUMBERS; call++) {
        bool expected = is_one_of(call, always, sizeof always / sizeof *always) ||
                        (listens && is_one_of(call, listening, sizeof listening / sizeof *listening));
        check(allows(&program, call, args) == expected);
    }
    check(!allows(&program, -1, args) && !allows(&program, 0x40000000L + SYS_read, args));
}

static void check_depth(bool listens)
{
    struct program program = program_for(listens);
    for (int call = 0; call < NUMBERS; call++) {
        const struct seccomp_data data = {.nr = call, .arch = FILTER_ARCH}, other = {.nr = call};
        unsigned steps;
        (void)run(&program, &data, &steps);
        check(steps <= 3 + 7 + 7); /* the head, the tree, two tests and the action */
        check(run(&program, &other, &steps) == SECCOMP_RET_KILL_PROCESS && steps == 3);
    }
}

static void check_arguments(void)
{
    struct program child = program_for(false), listener = program_for(true);
    const struct {
        long call;
        uint64_t args[6];
        bool child, listener;
    } tries[] = {
        {SYS_sendto, {1, 2, 3, 4, 0, 6}, true, true},
        {SYS_sendto, {1, 2, 3, 4, 5, 6}, false, false},
        {SYS_sendto, {1, 2, 3, 4, UINT64_C(1) << 32, 6}, false, false},
        {SYS_openat, {1, 2, O_RDONLY | O_CLOEXEC}, true, true},
        {SYS_openat, {1, 2, O_WRONLY}, false, false},
        {SYS_openat, {1, 2, O_RDONLY | O_CREAT}, false, false},
        {SYS_fcntl, {1, F_SETFD}, true, true},
        {SYS_fcntl, {1, F_SETFL}, false, false},
        {SYS_setsockopt, {1, SOL_SOCKET, SO_LINGER}, true, true},
        {SYS_setsockopt, {1, SOL_SOCKET, SO_LINGER + 1}, false, false},
        {SYS_mmap, {0, 1, PROT_READ | PROT_WRITE}, true, true},
        {SYS_mmap, {0, 1, PROT_READ | PROT_EXEC}, false, false},
        {SYS_ftruncate, {SHARED_FILE}, true, true},
        {SYS_ftruncate, {SHARED_FILE + 1}, false, false},
        {SYS_fallocate, {SHARED_FILE, 0}, true, true},
        {SYS_fallocate, {SHARED_FILE, 1}, false, false},
        {SYS_clone, {SIGCHLD}, false, true},
        {SYS_clone, {CLONE_NEWUSER | SIGCHLD}, false, false},
        {SYS_prlimit64, {0}, false, true},
        {SYS_prlimit64, {1}, false, false},
        {SYS_prctl, {PR_SET_PDEATHSIG}, false, true},
        {SYS_prctl, {PR_SET_DUMPABLE}, false, false},
        {SYS_kill, {1, SIGTERM, KEY}, false, true},
        {SYS_kill, {1, SIGTERM, KEY & UINT32_MAX}, false, false},
        {SYS_kill, {1, SIGTERM, KEY + 1}, false, false},
    };
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        check(allows(&child, tries[i].call, tries[i].args) == tries[i].child);
        check(allows(&listener, tries[i].call, tries[i].args) == tries[i].listener);
    }
}

void test_filter(void)
{
    if (FILTER_ARCH == 0)
        return;
    check_numbers(false);
    check_numbers(true);
    check_depth(false);
    check_depth(true);
    check_arguments();
}
