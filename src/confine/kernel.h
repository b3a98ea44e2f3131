/*
 * The kernel's ABI for seccomp filters and Landlock (seccomp(2), landlock(7)), under the kernel's own names.
 *
 * musl-gcc does not see the kernel's headers, and linux/landlock.h of Debian 12 has no `scoped`. No file includes the
 * kernel's own. If one does, it must do so before this file: then each group here gives way.
 */
#ifndef CONFINE_KERNEL_H
#define CONFINE_KERNEL_H

#include <stdint.h>
#include <sys/syscall.h>

#ifndef BPF_LD /* linux/filter.h: classic BPF */
struct sock_filter {
    uint16_t code;
    uint8_t jt, jf;
    uint32_t k;
};

struct sock_fprog {
    unsigned short len;
    struct sock_filter *filter;
};

#define BPF_LD 0x00
#define BPF_ALU 0x04
#define BPF_JMP 0x05
#define BPF_RET 0x06
#define BPF_W 0x00
#define BPF_ABS 0x20
#define BPF_AND 0x50
#define BPF_JEQ 0x10
#define BPF_JGE 0x30
#define BPF_K 0x00
#endif

#ifndef SECCOMP_SET_MODE_FILTER /* linux/seccomp.h */
struct seccomp_data {
    int nr;
    uint32_t arch;
    uint64_t instruction_pointer, args[6];
};

#define SECCOMP_SET_MODE_FILTER 1
#define SECCOMP_RET_ALLOW 0x7fff0000U
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#endif

#ifndef AUDIT_ARCH_X86_64 /* linux/audit.h */
#define AUDIT_ARCH_X86_64 0xc000003eU
#define AUDIT_ARCH_AARCH64 0xc00000b7U
#endif

#ifndef SYS_landlock_create_ruleset /* the same on all machines */
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#ifndef LANDLOCK_CREATE_RULESET_VERSION /* linux/landlock.h */
struct landlock_ruleset_attr {
    uint64_t handled_access_fs;  /* what is denied unless a rule allows it */
    uint64_t handled_access_net; /* since ABI 4 */
    uint64_t scoped;             /* since ABI 6 */
};

struct landlock_path_beneath_attr {
    uint64_t allowed_access;
    int32_t parent_fd;
} __attribute__((packed));

enum landlock_rule_type { LANDLOCK_RULE_PATH_BENEATH = 1 };

#define LANDLOCK_CREATE_RULESET_VERSION (1U << 0)
#define LANDLOCK_ACCESS_FS_READ_FILE (UINT64_C(1) << 2)
#define LANDLOCK_ACCESS_NET_BIND_TCP (UINT64_C(1) << 0)
#define LANDLOCK_ACCESS_NET_CONNECT_TCP (UINT64_C(1) << 1)
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (UINT64_C(1) << 0)
#define LANDLOCK_SCOPE_SIGNAL (UINT64_C(1) << 1)
#endif

#endif
