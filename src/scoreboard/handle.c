#include "scoreboard/handle.h"

#include "base/log.h"
#include "scoreboard/file.h"

#include <sys/syscall.h>
#include <unistd.h>

void scoreboard_set_why(struct scoreboard *scoreboard, const char *why)
{
    struct text text = text_in(scoreboard->why, sizeof scoreboard->why - 1);
    text_string(&text, why);
    scoreboard->why[text.length] = '\0';
}

void scoreboard_none(struct scoreboard *scoreboard, const char *why)
{
    scoreboard_set_why(scoreboard, why);
    scoreboard->file = NULL;
}

/* Logs the reason once; later calls find no file. */
static void give_up_file(struct scoreboard *scoreboard, const char *why)
{
    scoreboard_none(scoreboard, why);
    log_error(scoreboard->why, 0);
}

bool scoreboard_is_whole(struct scoreboard *scoreboard)
{
    /* Reading the header may raise SIGBUS, whose handler sets `lost`. */
    bool whole = scoreboard->file != NULL && scoreboard_file_is_whole(scoreboard->file);
    if (scoreboard->file != NULL && scoreboard->lost != 0)
        give_up_file(scoreboard, "the shared file was cut short while it was in use");
    else if (scoreboard->file != NULL && !whole)
        give_up_file(scoreboard, "the shared file was overwritten while it was in use");
    return scoreboard->file != NULL;
}

bool scoreboard_guard(struct scoreboard *scoreboard)
{
    /* The list stays empty: a process holds one word at a time, and the pending entry covers that. */
    scoreboard->robust.list.next = &scoreboard->robust.list;
    scoreboard->robust.list_op_pending = NULL;
    scoreboard->robust.futex_offset = offsetof(struct slot, owner);
    if (syscall(SYS_set_robust_list, &scoreboard->robust, sizeof scoreboard->robust) == 0)
        return true;
    scoreboard_set_why(scoreboard, "the kernel refuses robust futexes (set_robust_list)");
    return false;
}

bool scoreboard_enter(struct scoreboard *scoreboard)
{
    if (!scoreboard_guard(scoreboard))
        return false;
    scoreboard->self = (uint32_t)syscall(SYS_gettid);
    return true;
}

/*
 * At our end the kernel marks the word only if it holds our thread id. In a file that containers share, another process
 * may have the same id. So we aim at a word only while we hold it.
 */
void scoreboard_aim(struct scoreboard *scoreboard, void *word)
{
    *(struct robust_list *volatile *)&scoreboard->robust.list_op_pending = word;
    atomic_signal_fence(memory_order_seq_cst);
}
