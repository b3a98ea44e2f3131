/*
 * Robust futexes under the kernel's own names (linux/futex.h; get_robust_list(2); the kernel's robust-futex-ABI
 * document). They are spelt out because musl-gcc does not see the kernel's headers. The ABI does not change.
 */
#ifndef SCOREBOARD_ROBUST_H
#define SCOREBOARD_ROBUST_H

#include <stdint.h>

#define FUTEX_WAITERS UINT32_C(0x80000000)    /* survives the owner's death */
#define FUTEX_OWNER_DIED UINT32_C(0x40000000) /* set by the kernel */

struct robust_list {
    struct robust_list *next;
};

/* What set_robust_list(2) takes. */
struct robust_list_head {
    struct robust_list list;             /* circular; an empty list points to itself */
    long futex_offset;                   /* from an entry to its futex word */
    struct robust_list *list_op_pending; /* an entry being locked or unlocked; the kernel checks it as well */
};

#endif
