/*
 * If other processes damage the file while it is in use, this process loses at most its slot, and scoreboard_read()
 * reports why it cannot answer.
 */
#include "scoreboard/scoreboard.h"

#include "scoreboard/file.h"
#include "scoreboard/slot.h"

#include <sys/mman.h>

_Static_assert(sizeof(struct scoreboard_file) == SCOREBOARD_SIZE, "callers reserve SCOREBOARD_SIZE bytes");
_Static_assert(SCOREBOARD_SIZE % 4096 == 0, "whole pages, so that the mapping covers nothing else");

int scoreboard_claim(struct scoreboard *scoreboard, const struct client *client)
{
    if (!scoreboard_is_whole(scoreboard) || !scoreboard_enter(scoreboard))
        return SLOT_NONE;
    int slot = slot_take_any(scoreboard);
    if (slot == SLOT_FULL) {
        (void)slot_visit(scoreboard, NULL);
        slot = slot_take_any(scoreboard);
    }
    if (slot == SLOT_FULL)
        return SLOT_FULL;
    if (client != NULL)
        scoreboard->entry = *client;
    slot_fill(scoreboard, (size_t)slot);
    return slot;
}

/* False if another process overwrote the owner word or has claimed the slot since. */
static bool is_ours(const struct scoreboard *scoreboard, int slot)
{
    return slot >= 0 && atomic_load(&scoreboard->file->slots[slot].owner) == scoreboard->self;
}

int scoreboard_move(struct scoreboard *scoreboard, int slot, uint64_t position)
{
    if (is_ours(scoreboard, slot))
        atomic_store_explicit(&scoreboard->file->slots[slot].position, position, memory_order_relaxed);
    if (slot < 0 || is_ours(scoreboard, slot))
        return slot;
    scoreboard->entry.position = position;
    slot = scoreboard_is_whole(scoreboard) && slot_take(scoreboard, &scoreboard->file->slots[slot])
               ? slot
               : scoreboard_claim(scoreboard, NULL);
    if (slot >= 0)
        slot_fill(scoreboard, (size_t)slot);
    return slot >= 0 ? slot : SLOT_NONE;
}

void scoreboard_leave(struct scoreboard *scoreboard, int slot)
{
    if (is_ours(scoreboard, slot))
        slot_give_up(scoreboard, (size_t)slot);
}

bool scoreboard_read(struct scoreboard *scoreboard, struct client *clients, size_t *count)
{
    if (scoreboard->file != NULL) /* may raise SIGBUS: see scoreboard_recover() */
        (void)atomic_load(&scoreboard->file->slots[LIMIT_CLIENTS - 1].owner);
    if (!scoreboard_is_whole(scoreboard) || !scoreboard_enter(scoreboard))
        return false;
    scoreboard->damaged = false;
    *count = slot_visit(scoreboard, clients);
    if (scoreboard->damaged)
        scoreboard_set_why(scoreboard, "another process has written to the shared file; try again");
    return scoreboard_is_whole(scoreboard) && !scoreboard->damaged;
}

bool scoreboard_recover(struct scoreboard *scoreboard, const void *address)
{
    const char *file = (const char *)scoreboard->file;
    const char *at = address;
    if (file == NULL || at < file || at >= file + sizeof *scoreboard->file)
        return false;
    scoreboard->lost = 1;
    return mmap(scoreboard->file, sizeof *scoreboard->file, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
}

/* Uses the file only if the kernel marks the slots of processes that die. */
static bool use_file(struct scoreboard *scoreboard, struct scoreboard_file *file, struct text *why)
{
    scoreboard->why[why->length] = '\0';
    scoreboard->file = file;
    if (file != NULL && !scoreboard_guard(scoreboard))
        scoreboard->file = NULL;
    return scoreboard->file != NULL;
}

bool scoreboard_open(struct scoreboard *scoreboard, const char *path, void *place)
{
    struct text why = text_in(scoreboard->why, sizeof scoreboard->why - 1);
    return use_file(scoreboard, scoreboard_file_open(path, place, &why), &why);
}

bool scoreboard_open_private(struct scoreboard *scoreboard, void *place)
{
    struct text why = text_in(scoreboard->why, sizeof scoreboard->why - 1);
    return use_file(scoreboard, scoreboard_file_private(place, &why), &why);
}
