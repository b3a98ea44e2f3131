/*
 * The lock of the journal: one process at a time reads and writes it. For journal.c and keys.c
 * alone.
 */
#ifndef SCOREBOARD_LOCK_H
#define SCOREBOARD_LOCK_H

#include "scoreboard/handle.h"

#include <stdatomic.h>

/*
 * Waits until the lock is ours, LIMIT_JOURNAL_MS at the most. A holder that ended has left it to whoever comes next, at
 * any point of its work. The caller holds no slot: the kernel looks after one owner word of a process
 * (scoreboard_aim()). Returns false, with `why`, if another has it all the time or the kernel does not do that.
 */
bool lock_take(struct scoreboard *scoreboard);

/*
 * What stands before it is done before what stands behind it, to the eye of whoever has the lock next, however we
 * ended. That is a matter for the compiler alone: the lock itself sees to the processor.
 */
static inline void lock_fence(void)
{
    atomic_signal_fence(memory_order_seq_cst);
}

/* Gives it back, if nobody has written over it meanwhile. */
void lock_release(struct scoreboard *scoreboard);

#endif
