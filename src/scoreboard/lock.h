/*
 * The journal's lock: one process at a time reads and writes the journal. Only journal.c and keys.c use it.
 */
#ifndef SCOREBOARD_LOCK_H
#define SCOREBOARD_LOCK_H

#include "scoreboard/handle.h"

#include <stdatomic.h>

/*
 * Takes the lock, and waits for it LIMIT_JOURNAL_MS at most. If its holder died, possibly in the middle of a change,
 * the lock is free. The caller must hold no slot: the kernel watches one owner word of each process (scoreboard_aim()).
 * Returns false, with `why`, if the lock stays held or the kernel has no robust futexes.
 */
bool lock_take(struct scoreboard *scoreboard);

/*
 * The next holder of the lock sees the writes before the fence if it sees any after it, even if we died in between.
 * Only the compiler needs a fence; the lock itself orders the processor's accesses.
 */
static inline void lock_fence(void)
{
    atomic_signal_fence(memory_order_seq_cst);
}

/* Releases the lock, unless another process has overwritten it. */
void lock_release(struct scoreboard *scoreboard);

#endif
