/*
 * inject PID NUMBER [ARGUMENT...]: makes another process execute a system call, as an attacker who runs code in it
 * could.
 *
 * The process must be waiting in a system call. Prints what the call returned, or the signal that killed the process.
 * It goes on afterwards as if nothing had happened. Needs root, and x86-64 or arm64.
 */
#include "tool.h"

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>

enum { ARGUMENTS_MAX = 6 };

#ifdef __x86_64__
typedef struct user_regs_struct registers;

/* The process is behind the instruction "syscall", two bytes long, and executes it again. */
static void set_call(registers *regs, const unsigned long long *call)
{
    regs->rip -= 2;
    regs->orig_rax = ~0ULL; /* so that the kernel restarts nothing */
    regs->rax = call[0];
    regs->rdi = call[1];
    regs->rsi = call[2];
    regs->rdx = call[3];
    regs->r10 = call[4];
    regs->r8 = call[5];
    regs->r9 = call[6];
}

static long long result_of(const registers *regs)
{
    return (long long)regs->rax;
}
#else
typedef struct user_regs_struct registers;

/* The process is behind the instruction "svc", four bytes long, and executes it again. */
static void set_call(registers *regs, const unsigned long long *call)
{
    regs->pc -= 4;
    regs->regs[8] = call[0];
    for (int i = 0; i < ARGUMENTS_MAX; i++)
        regs->regs[i] = call[1 + i];
}

static long long result_of(const registers *regs)
{
    return (long long)regs->regs[0];
}
#endif

static void transfer(enum __ptrace_request request, pid_t process, registers *regs)
{
    struct iovec room = {regs, sizeof *regs};
    if (ptrace(request, process, (void *)NT_PRSTATUS, &room) != 0)
        give_up("registers");
}

/* Waits until the process stops. Prints the signal that killed it and exits, if it does not. */
static void wait_for_stop(pid_t process)
{
    int status;
    if (waitpid(process, &status, 0) != process)
        give_up("waitpid");
    if (WIFSTOPPED(status))
        return;
    (void)printf("killed by %s\n", WIFSIGNALED(status) ? sigabbrev_np(WTERMSIG(status)) : "nothing");
    exit(0);
}

int main(int argc, char **argv)
{
    unsigned long long call[1 + ARGUMENTS_MAX] = {0};
    registers before, regs;
    if (argc < 3 || argc > 3 + ARGUMENTS_MAX) {
        (void)fputs("usage: inject PID NUMBER [ARGUMENT...]\n", stderr);
        return 100;
    }
    pid_t process = (pid_t)strtol(argv[1], NULL, 0);
    for (int i = 2; i < argc; i++)
        call[i - 2] = (unsigned long long)strtoll(argv[i], NULL, 0);
    if (ptrace(PTRACE_ATTACH, process, NULL, NULL) != 0)
        give_up("attach");
    wait_for_stop(process);
    transfer(PTRACE_GETREGSET, process, &before);
    regs = before;
    set_call(&regs, call);
    transfer(PTRACE_SETREGSET, process, &regs);
    if (ptrace(PTRACE_SINGLESTEP, process, NULL, NULL) != 0)
        give_up("step");
    wait_for_stop(process);
    transfer(PTRACE_GETREGSET, process, &regs);
    transfer(PTRACE_SETREGSET, process, &before);
    if (ptrace(PTRACE_DETACH, process, NULL, NULL) != 0)
        give_up("detach");
    (void)printf("%lld\n", result_of(&regs));
    return 0;
}
