/*
 * What the kernel's headers say of seccomp filters and of Landlock (seccomp(2), landlock(7)); spelt out because musl
 * comes without them. These are ABIs: they do not change.
 */
#ifndef CONFINE_KERNEL_H
#define CONFINE_KERNEL_H

#include <stdint.h>

/* A classic BPF program over struct seccomp_data. */
struct bpf_step {
    uint16_t code;
    uint8_t jump_true, jump_false;
    uint32_t value;
};

struct bpf_program {
    unsigned short length;
    const struct bpf_step *steps;
};

enum {
    BPF_LOAD_WORD = 0x20,    /* BPF_LD | BPF_W | BPF_ABS */
    BPF_AND_VALUE = 0x54,    /* BPF_ALU | BPF_AND | BPF_K */
    BPF_IF_EQUAL = 0x15,     /* BPF_JMP | BPF_JEQ | BPF_K */
    BPF_RETURN = 0x06,       /* BPF_RET | BPF_K */
    SECCOMP_FILTER_MODE = 1, /* SECCOMP_SET_MODE_FILTER */
    SECCOMP_AT_NUMBER = 0,   /* offsets into struct seccomp_data */
    SECCOMP_AT_ARCH = 4,
    SECCOMP_AT_ARGUMENTS = 16, /* eight bytes each; the low half first on the machines below */
};

#define SECCOMP_ALLOW UINT32_C(0x7fff0000)
#define SECCOMP_KILL UINT32_C(0x80000000) /* the process */

/* AUDIT_ARCH_* of the machine that this is built for; 0: no filter is known for it. */
#if defined __x86_64__ && defined __LP64__
#define SECCOMP_ARCH UINT32_C(0xc000003e)
#elif defined __aarch64__ && defined __AARCH64EL__
#define SECCOMP_ARCH UINT32_C(0xc00000b7)
#else
#define SECCOMP_ARCH UINT32_C(0)
#endif

struct landlock_rules {
    uint64_t file_access;    /* what is denied unless a rule allows it */
    uint64_t network_access; /* since ABI 4 */
    uint64_t scoped;         /* since ABI 6 */
};

struct landlock_path {
    uint64_t allowed;
    int32_t directory;
} __attribute__((packed));

enum {
    LANDLOCK_CREATE = 444, /* the numbers of the three calls are the same on all machines */
    LANDLOCK_ADD = 445,
    LANDLOCK_RESTRICT = 446,
    LANDLOCK_ASK_VERSION = 1,
    LANDLOCK_PATH_BENEATH = 1,
    LANDLOCK_READ_FILE = 1 << 2,
    LANDLOCK_BIND_TCP = 1 << 0,
    LANDLOCK_CONNECT_TCP = 1 << 1,
    LANDLOCK_SCOPE_ABSTRACT_UNIX = 1 << 0,
    LANDLOCK_SCOPE_SIGNAL = 1 << 1,
};

#endif
