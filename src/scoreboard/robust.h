/*
 * The kernel's robust futexes (get_robust_list(2), and the kernel's robust-futex-ABI document), for this folder alone.
 * Spelt out here because musl comes without the kernel's headers; an ABI does not change.
 */
#ifndef SCOREBOARD_ROBUST_H
#define SCOREBOARD_ROBUST_H

#include <stdint.h>

#define ROBUST_WAITERS UINT32_C(0x80000000)    /* FUTEX_WAITERS: survives the owner's death */
#define ROBUST_OWNER_DIED UINT32_C(0x40000000) /* FUTEX_OWNER_DIED: set by the kernel */

/* struct robust_list_head: what set_robust_list(2) takes. */
struct robust_head {
    void *first; /* of a circular list; to itself when empty */
    long futex_offset;
    void *pending; /* an entry that is being locked or unlocked: looked at as well when the thread ends */
};

#endif
