/*
 * Seats in the shared file. The owner word of a slot is
 *
 *   0                     free
 *   THREAD                held by the stream of that process: a client
 *   THREAD|WAITERS        held by a process that is writing the entry, or sweeping it away: no client
 *   ...|OWNER_DIED        the holder is gone, the kernel says so: as good as free
 *
 * `taken` has one bit a slot, so that claiming does not search the slots and reading does not visit the empty ones; the
 * owner word alone is the truth. Only a slot's holder changes its bit: whoever sweeps a dead slot becomes its holder
 * first. So a process may die between any two lines here, and the slot is then either free or dead, never lost.
 */
#include "scoreboard/slot.h"

#include "base/clock.h"

#include <string.h>

static bool is_held(uint32_t owner)
{
    return owner != 0 && (owner & FUTEX_OWNER_DIED) == 0;
}

static bool is_client(uint32_t owner)
{
    return is_held(owner) && (owner & FUTEX_WAITERS) == 0;
}

/* Becomes the holder of a slot that is free or dead. */
bool slot_take(struct scoreboard *scoreboard, struct slot *slot)
{
    uint32_t owner = atomic_load(&slot->owner);
    if (is_held(owner))
        return false;
    scoreboard_aim(scoreboard, slot);
    if (atomic_compare_exchange_strong(&slot->owner, &owner, scoreboard->self | FUTEX_WAITERS))
        return true;
    scoreboard_aim(scoreboard, NULL);
    return false;
}

/* Frees a slot that we hold. */
void slot_give_up(struct scoreboard *scoreboard, size_t slot)
{
    atomic_fetch_and(&scoreboard->file->taken[slot / 64], ~(UINT64_C(1) << slot % 64));
    atomic_store(&scoreboard->file->slots[slot].owner, 0);
    scoreboard_aim(scoreboard, NULL);
}

/* The entry is copied by words that may be read and written at once; `version` and `owner` tell a reader whether they
 * were. */
static void write_client(struct slot *slot, const struct client *client)
{
    uint64_t words[SCOREBOARD_ENTRY_WORDS];
    memcpy(words, client->peer, LIMIT_PEER);
    memcpy(&words[LIMIT_PEER / 8], &client->connected_at, 8);
    atomic_fetch_add(&slot->version, 1);
    atomic_store(&slot->damaged, 0);
    atomic_thread_fence(memory_order_release);
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++)
        atomic_store_explicit(&slot->entry[i], words[i], memory_order_relaxed);
    atomic_store(&slot->position, client->position);
}

/* What may stand in a name without harm to the JSON or the reader: the file may have been written to by others. */
static bool is_peer(const char *peer)
{
    size_t length = 0;
    while (length < LIMIT_PEER && peer[length] > ' ' && peer[length] <= '~' && peer[length] != '"' &&
           peer[length] != '\\')
        length++;
    return length > 0 && length < LIMIT_PEER && peer[length] == '\0';
}

static bool read_client(struct slot *slot, struct client *client)
{
    uint64_t words[SCOREBOARD_ENTRY_WORDS];
    uint32_t owner = atomic_load(&slot->owner);
    uint32_t version = atomic_load(&slot->version);
    if (!is_client(owner))
        return false;
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++)
        words[i] = atomic_load_explicit(&slot->entry[i], memory_order_relaxed);
    client->position = atomic_load(&slot->position);
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load(&slot->owner) != owner || atomic_load(&slot->version) != version)
        return false;
    memcpy(client->peer, words, LIMIT_PEER);
    memcpy(&client->connected_at, &words[LIMIT_PEER / 8], 8);
    return true;
}

/* A free slot among the 64 of a word, or SLOT_FULL. */
static int take_in_word(struct scoreboard *scoreboard, size_t word)
{
    for (uint64_t free = ~atomic_load(&scoreboard->file->taken[word]); free != 0; free &= free - 1) {
        size_t slot = word * 64 + (size_t)__builtin_ctzll(free);
        if (slot_take(scoreboard, &scoreboard->file->slots[slot]))
            return (int)slot;
    }
    return SLOT_FULL;
}

int slot_take_any(struct scoreboard *scoreboard)
{
    int slot = SLOT_FULL;
    for (size_t word = 0; word < SCOREBOARD_WORDS && slot == SLOT_FULL; word++)
        slot = take_in_word(scoreboard, word);
    return slot;
}

/*
 * The bit of a slot that nobody holds is set: somebody else has written to the file. Looked at twice, since the slot
 * may be given up and claimed while we look.
 */
static bool is_orphan(struct scoreboard_file *file, size_t number)
{
    for (int look = 0; look < 2; look++)
        if (atomic_load(&file->slots[number].owner) != 0 ||
            (atomic_load(&file->taken[number / 64]) & UINT64_C(1) << number % 64) == 0)
            return false;
    return true;
}

/*
 * A slot that makes no sense counts as damaged for as long as its stream may take to claim one again, at its next
 * message; after that there is no stream to it. Returns whether it counts.
 */
static bool is_damaged(struct slot *slot)
{
    int64_t now = clock_monotonic();
    int64_t since = atomic_load(&slot->damaged);
    if (since <= 0 || since > now)
        atomic_store(&slot->damaged, since = now);
    return now - since < LIMIT_DAMAGE_MS * NS_PER_MS;
}

/* One slot that is taken: freed if its holder died, else copied. Returns how many were copied, 0 or 1. */
static size_t visit_slot(struct scoreboard *scoreboard, size_t number, struct client *client)
{
    struct slot *slot = &scoreboard->file->slots[number];
    if (is_orphan(scoreboard->file, number) && is_damaged(slot)) {
        scoreboard->damaged = true;
        return 0;
    }
    if (slot_take(scoreboard, slot)) {
        slot_give_up(scoreboard, number);
        return 0;
    }
    if (client == NULL || !read_client(slot, client))
        return 0;
    bool named = is_peer(client->peer);
    scoreboard->damaged |= !named && is_damaged(slot);
    return named;
}

/* Visits the slots that are taken; copies clients unless that is NULL. Returns how many were copied. */
size_t slot_visit(struct scoreboard *scoreboard, struct client *clients)
{
    size_t count = 0;
    for (size_t word = 0; word < SCOREBOARD_WORDS; word++) {
        for (uint64_t taken = atomic_load(&scoreboard->file->taken[word]); taken != 0; taken &= taken - 1) {
            size_t number = word * 64 + (size_t)__builtin_ctzll(taken);
            count += visit_slot(scoreboard, number, clients == NULL ? NULL : &clients[count]);
        }
    }
    return count;
}

/* Our entry, in a slot that we have taken. */
void slot_fill(struct scoreboard *scoreboard, size_t slot)
{
    write_client(&scoreboard->file->slots[slot], &scoreboard->entry);
    atomic_fetch_or(&scoreboard->file->taken[slot / 64], UINT64_C(1) << slot % 64);
    atomic_store(&scoreboard->file->slots[slot].owner, scoreboard->self);
}
