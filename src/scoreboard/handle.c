/* The handle. A file that cannot be used is given up, with the reason. */
#include "scoreboard/handle.h"

#include "base/clock.h"
#include "base/log.h"
#include "scoreboard/file.h"

#include <string.h>
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

void scoreboard_note_damage(struct scoreboard *scoreboard)
{
    int64_t now = clock_monotonic();
    int64_t before = atomic_exchange(&scoreboard->file->damaged, now);
    if (before <= 0 || before > now || now - before > LIMIT_DAMAGE_MS * NS_PER_MS)
        log_error("another process has damaged the shared file; it is repaired, and streams enter it again", 0);
}

bool scoreboard_is_damaged(struct scoreboard *scoreboard)
{
    int64_t now = clock_monotonic();
    int64_t noted = atomic_load(&scoreboard->file->damaged);
    if (noted > now) /* the time itself was overwritten */
        atomic_store(&scoreboard->file->damaged, noted = now);
    return noted > 0 && now - noted < LIMIT_DAMAGE_MS * NS_PER_MS;
}

/* Repaired in place, since other processes map the same file. */
static void repair_header(struct scoreboard *scoreboard)
{
    if (memcmp(&scoreboard->file->header, &scoreboard->header, sizeof scoreboard->header) == 0)
        return;
    memcpy(&scoreboard->file->header, &scoreboard->header, sizeof scoreboard->header);
    scoreboard_note_damage(scoreboard);
}

bool scoreboard_is_whole(struct scoreboard *scoreboard)
{
    if (scoreboard->file != NULL)
        repair_header(scoreboard); /* reading may raise SIGBUS, whose handler may set `lost` */
    if (scoreboard->file != NULL && scoreboard->lost != 0)
        give_up_file(scoreboard, "the shared file was cut short and cannot be extended again");
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
