/*
 * The filter: a table of calls becomes a BPF program that compares them one by one. Since Linux 5.11 the kernel finds
 * out in advance which calls are always allowed, and does not run the program for them.
 */
#include "confine/filter.h"

#include "confine/kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The machine's AUDIT_ARCH_*. 0: no filter is known for it. */
#if defined __x86_64__ && defined __LP64__
#define ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__ && defined __AARCH64EL__
#define ARCH AUDIT_ARCH_AARCH64
#else
#define ARCH 0
#endif

enum who { EVERY, LISTENER };

/* Not CLONE_NEWTIME: in clone(2) that bit is part of the signal. */
#define NAMESPACES_AND_THREADS                                                                                         \
    (CLONE_VM | CLONE_FS | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |               \
     CLONE_NEWPID | CLONE_NEWNET)

/* A call is allowed if its argument number `argument`, masked with `mask`, equals `value`. A mask of 0: always. */
static const struct allowed {
    long call;
    enum who who;
    unsigned argument;
    uint32_t mask, value;
} table[] = {
    /* the connection: bytes in, bytes out, and waiting for either */
    {SYS_recvfrom, EVERY, 0, 0, 0},
    {SYS_read, EVERY, 0, 0, 0},
    {SYS_sendto, EVERY, 0, 0, 0},
    {SYS_write, EVERY, 0, 0, 0},
    {SYS_ppoll, EVERY, 0, 0, 0},
#ifdef SYS_poll
    {SYS_poll, EVERY, 0, 0, 0},
#endif
    {SYS_shutdown, EVERY, 0, 0, 0},
    {SYS_close, EVERY, 0, 0, 0},
    {SYS_getsockopt, EVERY, 0, 0, 0},                  /* is it a socket? */
    {SYS_ioctl, EVERY, 1, UINT32_MAX, TIOCOUTQ},       /* has the client got everything? */
    {SYS_setsockopt, EVERY, 2, UINT32_MAX, SO_LINGER}, /* a stream that ends by a reset */
    {SYS_clock_gettime, EVERY, 0, 0, 0},               /* base/clock.c, and other machines without a vdso */
    /* the token, which each connection reads anew: files may be opened, but only for reading */
    {SYS_openat, EVERY, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY},
#ifdef SYS_open
    {SYS_open, EVERY, 1, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY},
#endif
    {SYS_fcntl, EVERY, 1, UINT32_MAX, F_SETFD}, /* musl, after opening */
    /* the slot in the shared file, and the recovery if another process truncates the file */
    {SYS_gettid, EVERY, 0, 0, 0},
    {SYS_set_robust_list, EVERY, 0, 0, 0}, /* glibc calls it in a new process, too */
    {SYS_mmap, EVERY, 2, PROT_EXEC, 0},
    /* the process id in a line for the system's log */
    {SYS_getpid, EVERY, 0, 0, 0},
    /* calls that the C library and the kernel make on their own */
    {SYS_rt_sigreturn, EVERY, 0, 0, 0},
    {SYS_rt_sigprocmask, EVERY, 0, 0, 0},
    {SYS_rt_sigaction, EVERY, 0, 0, 0}, /* SIGBUS, in main.c */
    {SYS_restart_syscall, EVERY, 0, 0, 0},
    {SYS_brk, EVERY, 0, 0, 0},
    {SYS_exit_group, EVERY, 0, 0, 0},
    {SYS_exit, EVERY, 0, 0, 0},
    /* the listener */
    {SYS_accept4, LISTENER, 0, 0, 0},
#ifdef SYS_accept
    {SYS_accept, LISTENER, 0, 0, 0}, /* musl, after EINVAL of accept4: the socket does not listen any more */
#endif
#ifdef SYS_fork
    {SYS_fork, LISTENER, 0, 0, 0},
#endif
    {SYS_clone, LISTENER, 0, NAMESPACES_AND_THREADS, 0},
    {SYS_set_tid_address, LISTENER, 0, 0, 0}, /* some C libraries, in a new process */
#ifdef SYS_rseq
    {SYS_rseq, LISTENER, 0, 0, 0},
#endif
    {SYS_prlimit64, LISTENER, 0, UINT32_MAX, 0}, /* confine_child(), for the process itself (0) */
    {SYS_wait4, LISTENER, 0, 0, 0},
    {SYS_kill, LISTENER, 0, 0, 0}, /* to stop its children */
};

enum {
    CALLS = sizeof table / sizeof *table,
    STEPS_PER_CALL = 6,
    STEPS = 4 + CALLS * STEPS_PER_CALL + 1,
};

static const struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
static const struct sock_filter kill_process = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS};

/* Loads four bytes of struct seccomp_data. */
static struct sock_filter load(size_t offset)
{
    return (struct sock_filter){BPF_LD | BPF_ABS | BPF_W, 0, 0, (uint32_t)offset};
}

/* If the loaded bytes are not `value`, skips the next `skip` steps. */
static struct sock_filter if_equal(uint32_t value, uint8_t skip)
{
    return (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 0, skip, value};
}

/* The steps for one call. The call's number is loaded before and after. Returns how many there are. */
static unsigned write_call(struct sock_filter *steps, const struct allowed *allowed)
{
    unsigned count = 0;
    steps[count++] = if_equal((uint32_t)allowed->call, allowed->mask == 0 ? 1 : 5);
    if (allowed->mask != 0) { /* the low half of the argument, which comes first on both machines */
        steps[count++] = load(offsetof(struct seccomp_data, args) + sizeof(uint64_t) * allowed->argument);
        steps[count++] = (struct sock_filter){BPF_ALU | BPF_AND | BPF_K, 0, 0, allowed->mask};
        steps[count++] = if_equal(allowed->value, 1);
    }
    steps[count++] = allow;
    if (allowed->mask != 0)
        steps[count++] = kill_process;
    return count;
}

static unsigned write_program(struct sock_filter *steps, bool listens)
{
    unsigned count = 0;
    steps[count++] = load(offsetof(struct seccomp_data, arch));
    steps[count++] = (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCH};
    steps[count++] = kill_process; /* a call with the numbers of another architecture */
    steps[count++] = load(offsetof(struct seccomp_data, nr));
    for (unsigned i = 0; i < CALLS; i++)
        if (listens || table[i].who == EVERY)
            count += write_call(&steps[count], &table[i]);
    steps[count++] = kill_process;
    return count;
}

bool filter_install(bool listens)
{
    struct sock_filter steps[STEPS];
    struct sock_fprog program = {0, steps};
    if (ARCH == 0) {
        errno = ENOSYS;
        return false;
    }
    program.len = (unsigned short)write_program(steps, listens);
    return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}
