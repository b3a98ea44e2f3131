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
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
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

enum who { WHO_ALL, WHO_LISTENER };

/* Not CLONE_NEWTIME: in clone(2) that bit is part of the signal. */
#define NAMESPACES_AND_THREADS                                                                                         \
    (CLONE_VM | CLONE_FS | CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |               \
     CLONE_NEWPID | CLONE_NEWNET)

/* A test of one half of an argument, 32 bits: those in `mask` must be `value`. Without a mask there is no test. */
struct half {
    unsigned number; /* twice the number of the argument, and 1 more for its high half */
    uint32_t mask, value;
};

/* clang-format off */
#define WORD(argument, wanted) {2 * (argument), UINT32_MAX, wanted}     /* all of an int */
#define BITS(argument, bits, wanted) {2 * (argument), bits, wanted}     /* some bits of it */
#define NULL_POINTER(argument) WORD(argument, 0), {2 * (argument) + 1, UINT32_MAX, 0}
/* clang-format on */

/* The calls that are allowed, if all halves pass their tests. Those made most often come first. */
static const struct allowed {
    long call;
    enum who who;
    struct half halves[2];
} table[] = {
    /* the connection: bytes in, bytes out, and waiting for either */
    {SYS_sendto, WHO_ALL, {NULL_POINTER(4)}}, /* to the peer of the socket, and to nobody else */
    {SYS_recvfrom, WHO_ALL, {{0}}},
    {SYS_read, WHO_ALL, {{0}}},
    {SYS_write, WHO_ALL, {{0}}},
    {SYS_ppoll, WHO_ALL, {{0}}},
#ifdef SYS_poll
    {SYS_poll, WHO_ALL, {{0}}},
#endif
    {SYS_shutdown, WHO_ALL, {{0}}},
    {SYS_close, WHO_ALL, {{0}}},
    {SYS_getsockopt, WHO_ALL, {{0}}},                                     /* is it a socket? */
    {SYS_ioctl, WHO_ALL, {WORD(1, TIOCOUTQ)}},                            /* has the client got everything? */
    {SYS_setsockopt, WHO_ALL, {WORD(1, SOL_SOCKET), WORD(2, SO_LINGER)}}, /* a stream that ends by a reset */
    {SYS_clock_gettime, WHO_ALL, {{0}}}, /* base/clock.c, and other machines without a vdso */
    /* the token, which each connection reads anew: files may be opened, but only for reading */
    {SYS_openat, WHO_ALL, {BITS(2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)}},
#ifdef SYS_open
    {SYS_open, WHO_ALL, {BITS(1, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY)}},
#endif
    {SYS_fcntl, WHO_ALL, {WORD(1, F_SETFD)}}, /* musl, after opening */
    /* the slot in the shared file, and the recovery if another process cuts the file short */
    {SYS_gettid, WHO_ALL, {{0}}},
    {SYS_set_robust_list, WHO_ALL, {{0}}}, /* glibc calls it in a new process, too */
    {SYS_mmap, WHO_ALL, {BITS(2, PROT_EXEC, 0)}},
    /* the process id in a line for the system's log */
    {SYS_getpid, WHO_ALL, {{0}}},
    /* calls that the C library and the kernel make on their own */
    {SYS_rt_sigreturn, WHO_ALL, {{0}}},
    {SYS_rt_sigprocmask, WHO_ALL, {{0}}},
    {SYS_rt_sigaction, WHO_ALL, {{0}}}, /* SIGBUS, in main.c */
    {SYS_restart_syscall, WHO_ALL, {{0}}},
    {SYS_brk, WHO_ALL, {{0}}},
    {SYS_exit_group, WHO_ALL, {{0}}},
    {SYS_exit, WHO_ALL, {{0}}},
    /* the listener */
    {SYS_accept4, WHO_LISTENER, {{0}}},
#ifdef SYS_accept
    {SYS_accept, WHO_LISTENER, {{0}}}, /* musl, after EINVAL of accept4: the socket does not listen any more */
#endif
#ifdef SYS_fork
    {SYS_fork, WHO_LISTENER, {{0}}},
#endif
    {SYS_clone, WHO_LISTENER, {BITS(0, NAMESPACES_AND_THREADS, 0)}},
    {SYS_set_tid_address, WHO_LISTENER, {{0}}}, /* some C libraries, in a new process */
#ifdef SYS_rseq
    {SYS_rseq, WHO_LISTENER, {{0}}},
#endif
    {SYS_prlimit64, WHO_LISTENER, {WORD(0, 0)}}, /* confine_child(), for the process itself (0) */
    {SYS_wait4, WHO_LISTENER, {{0}}},
    {SYS_prctl, WHO_LISTENER, {WORD(0, PR_SET_PDEATHSIG)}}, /* a new process: to end when the listener dies */
    {SYS_getppid, WHO_LISTENER, {{0}}},                     /* has it died already? */
};

enum {
    CALLS = sizeof table / sizeof *table + 3, /* and kill(2), ftruncate(2) and fallocate(2) */
    STEPS_PER_CALL = 9,
    STEPS = 4 + CALLS * STEPS_PER_CALL + 1,
};

static const struct sock_filter allow = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
static const struct sock_filter kill_process = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_KILL_PROCESS};

/* Loads four bytes (BPF_W, which is 0) of struct seccomp_data. */
static struct sock_filter load(size_t offset)
{
    return (struct sock_filter){BPF_LD | BPF_ABS, 0, 0, (uint32_t)offset};
}

/* If the loaded bytes are not `value`, skips the next `skip` steps. */
static struct sock_filter if_equal(uint32_t value, uint8_t skip)
{
    return (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 0, skip, value};
}

/* The steps for one call. The call's number is loaded before and after. Returns how many there are. */
static unsigned write_call(struct sock_filter *steps, const struct allowed *allowed)
{
    unsigned halves = allowed->halves[0].mask == 0 ? 0 : allowed->halves[1].mask == 0 ? 1 : 2;
    unsigned count = 0;
    steps[count++] = if_equal((uint32_t)allowed->call, (uint8_t)(3 * halves + (halves > 0 ? 2 : 1)));
    for (unsigned i = 0; i < halves; i++) {
        const struct half *half = &allowed->halves[i];
        uint8_t to_kill = (uint8_t)(3 * (halves - i - 1) + 1);
        steps[count++] = load(offsetof(struct seccomp_data, args) + sizeof(uint32_t) * half->number);
        steps[count++] = (struct sock_filter){BPF_ALU | BPF_AND | BPF_K, 0, 0, half->mask};
        steps[count++] = if_equal(half->value, to_kill);
    }
    steps[count++] = allow;
    if (halves > 0)
        steps[count++] = kill_process;
    return count;
}

/* kill(2) has two arguments. A third one must be the key. */
static struct allowed kill_with(uint64_t key)
{
    struct half low = WORD(2, (uint32_t)key), high = {2 * 2 + 1, UINT32_MAX, (uint32_t)(key >> 32)};
    return (struct allowed){SYS_kill, WHO_LISTENER, {low, high}};
}

static unsigned write_program(struct sock_filter *steps, bool listens, uint64_t kill_key, int shared_file)
{
    unsigned count = 0;
    struct allowed kill = kill_with(kill_key);
    const struct allowed extend = {SYS_ftruncate, WHO_ALL, {WORD(0, (uint32_t)shared_file)}};
    const struct allowed allocate = {SYS_fallocate, WHO_ALL, {WORD(0, (uint32_t)shared_file), WORD(1, 0)}};
    steps[count++] = load(offsetof(struct seccomp_data, arch));
    steps[count++] = (struct sock_filter){BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCH};
    steps[count++] = kill_process; /* a call with the numbers of another architecture */
    steps[count++] = load(offsetof(struct seccomp_data, nr));
    for (unsigned i = 0; i < sizeof table / sizeof *table; i++)
        if (listens || table[i].who == WHO_ALL)
            count += write_call(&steps[count], &table[i]);
    if (kill_key != 0)
        count += write_call(&steps[count], &kill);
    if (shared_file >= 0) { /* see scoreboard_recover() and scoreboard_file_allocate() */
        count += write_call(&steps[count], &extend);
        count += write_call(&steps[count], &allocate);
    }
    steps[count++] = kill_process;
    explicit_bzero(&kill, sizeof kill);
    return count;
}

bool filter_install(bool listens, uint64_t kill_key, int shared_file)
{
    struct sock_filter steps[STEPS];
    struct sock_fprog program = {0, steps};
    if (ARCH == 0) {
        errno = ENOSYS;
        return false;
    }
    program.len = (unsigned short)write_program(steps, listens, kill_key, shared_file);
    bool installed = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
    explicit_bzero(steps, sizeof steps); /* the key is nowhere else in memory that a child gets */
    return installed;
}
