/*
 * Runs a program as on a kernel or in a sandbox that lacks one feature: "without WHAT PROGRAM [ARGUMENT...]". A seccomp
 * filter makes the system calls of the feature fail. Exit 126 if this is not possible.
 */
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    ANY = -1,
    CANNOT = 126,
    SHARED_MEMORY = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
};

/* The call fails with `error` if its argument number `argument` is `value`, or always with ANY. */
static const struct lack {
    const char *name;
    long call;
    int argument;
    uint32_t value;
    int error;
} lacks[] = {
    {"ipv6", SYS_socket, 0, AF_INET6, EAFNOSUPPORT},
    {"robust-futexes", SYS_set_robust_list, ANY, 0, ENOSYS},
    {"shared-memory", SYS_mmap, 3, SHARED_MEMORY, ENOMEM},
    {"randomness", SYS_getrandom, ANY, 0, EAGAIN},
    {"patience", SYS_ppoll, ANY, 0, 0}, /* every wait ends at once */
    {"signalfd", SYS_signalfd4, ANY, 0, EMFILE},
    {"leave-to-accept", SYS_accept4, ANY, 0, EPERM},
    {"a-listening-socket", SYS_accept4, ANY, 0, EINVAL},
    {"a-listening-socket", SYS_accept, ANY, 0, EINVAL}, /* some C libraries try it next */
    {"undumpable-processes", SYS_prctl, 0, PR_SET_DUMPABLE, EPERM},
    {"no-new-privs", SYS_prctl, 0, PR_SET_NO_NEW_PRIVS, EINVAL},
    {"a-limit-on-core-dumps", SYS_prlimit64, 1, RLIMIT_CORE, EPERM},
};

/* The low half of a 64-bit argument, on little-endian machines. */
static uint32_t place_of_argument(int argument)
{
    return (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)argument);
}

static int refuse(const struct lack *lack)
{
    uint32_t number = offsetof(struct seccomp_data, nr);
    uint32_t place = lack->argument == ANY ? number : place_of_argument(lack->argument);
    uint32_t value = lack->argument == ANY ? (uint32_t)lack->call : lack->value;
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)lack->call, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, place),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (uint32_t)lack->error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

int main(int argc, char **argv)
{
    int refused = 0;
    for (size_t i = 0; argc > 2 && i < sizeof lacks / sizeof *lacks; i++)
        if (strcmp(argv[1], lacks[i].name) == 0)
            refused += refuse(&lacks[i]) == 0 ? 1 : CANNOT;
    if (refused > 0 && refused < CANNOT)
        (void)execvp(argv[2], argv + 2);
    fputs("without: cannot take this feature away, or cannot run the program\n", stderr);
    return CANNOT;
}
