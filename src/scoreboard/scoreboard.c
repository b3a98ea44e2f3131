/*
 * Another process may damage the file while it is in use. The process that finds the damage repairs it in place. A new
 * file would not do: the others would still map the old one. Streams whose slots are gone claim new ones. Until then
 * scoreboard_read() fails, so that it does not answer wrongly.
 */
#include "scoreboard/scoreboard.h"

#include "scoreboard/file.h"
#include "scoreboard/slot.h"

#include <sys/mman.h>
#include <unistd.h>

_Static_assert(sizeof(struct scoreboard_file) == SCOREBOARD_SIZE, "callers reserve SCOREBOARD_SIZE bytes");
_Static_assert(SCOREBOARD_SIZE % 4096 == 0, "whole pages, so that the mapping covers nothing else");

int scoreboard_claim(struct scoreboard *scoreboard, const struct client *client)
{
    if (client != NULL)
        scoreboard->entry = *client;
    if (!scoreboard_is_whole(scoreboard) || !scoreboard_enter(scoreboard))
        return SLOT_NONE;
    int slot = slot_take_any(scoreboard);
    if (slot == SLOT_NONE) {
        slot_sweep(scoreboard);
        slot = slot_take_any(scoreboard);
    }
    if (slot != SLOT_NONE)
        slot_fill(scoreboard, (size_t)slot);
    return slot;
}

/* The owner word may have been overwritten, and another process may have claimed the slot since. */
static bool is_ours(const struct scoreboard *scoreboard, int slot)
{
    return slot >= 0 && atomic_load(&scoreboard->file->slots[slot].owner) == scoreboard->self;
}

int scoreboard_move(struct scoreboard *scoreboard, int slot, uint64_t position)
{
    if (slot < 0)
        return slot;
    scoreboard->entry.position = position;
    if (!slot_is_listed(scoreboard, (size_t)slot))
        return scoreboard_keep(scoreboard, slot);
    atomic_store_explicit(&scoreboard->file->slots[slot].position, position, memory_order_relaxed);
    return slot;
}

int scoreboard_keep(struct scoreboard *scoreboard, int slot)
{
    if (slot < 0 || !scoreboard_is_whole(scoreboard) || slot_is_listed(scoreboard, (size_t)slot))
        return scoreboard->file != NULL ? slot : SLOT_NONE;
    if (!is_ours(scoreboard, slot) && !slot_take(scoreboard, &scoreboard->file->slots[slot]))
        return scoreboard_claim(scoreboard, NULL);
    slot_fill(scoreboard, (size_t)slot);
    return slot;
}

void scoreboard_leave(struct scoreboard *scoreboard, int slot)
{
    if (is_ours(scoreboard, slot))
        slot_give_up(scoreboard, (size_t)slot);
}

bool scoreboard_answers(struct scoreboard *scoreboard)
{
    if (scoreboard->file != NULL) /* may raise SIGBUS: see scoreboard_recover() */
        (void)atomic_load(&scoreboard->file->slots[LIMIT_CLIENTS - 1].owner);
    if (!scoreboard_is_whole(scoreboard))
        return false;
    if (scoreboard_is_damaged(scoreboard))
        scoreboard_set_why(scoreboard, "another process has damaged the shared file; it is being repaired, try again");
    return !scoreboard_is_damaged(scoreboard);
}

bool scoreboard_read(struct scoreboard *scoreboard, struct client *clients, size_t *count)
{
    if (!scoreboard_is_whole(scoreboard) || !scoreboard_enter(scoreboard))
        return false;
    *count = slot_visit(scoreboard, clients);
    return scoreboard_answers(scoreboard);
}

bool scoreboard_recover(struct scoreboard *scoreboard, const void *address)
{
    const char *file = (const char *)scoreboard->file;
    const char *at = address;
    if (file == NULL || at < file || at >= file + sizeof *scoreboard->file)
        return false;
    /* A page can also be missing because the disk is full: do not try for ever. */
    if (scoreboard->fd >= 0 && scoreboard->cuts++ < LIMIT_CUTS &&
        ftruncate(scoreboard->fd, sizeof *scoreboard->file) == 0)
        return true;
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
    return use_file(scoreboard, scoreboard_file_open(path, place, &scoreboard->fd, &scoreboard->header, &why), &why);
}

bool scoreboard_open_private(struct scoreboard *scoreboard, void *place)
{
    scoreboard->fd = -1;
    struct text why = text_in(scoreboard->why, sizeof scoreboard->why - 1);
    return use_file(scoreboard, scoreboard_file_private(place, &scoreboard->header, &why), &why);
}
