/*
 * The owner word of a slot is
 *
 *   0                     free
 *   THREAD                held by the stream of that process: a client
 *   THREAD|WAITERS        held by a process that writes the entry or frees a dead slot: no client
 *   ...|OWNER_DIED        the kernel marked the holder as dead: counts as free
 *
 * `taken` has one bit per slot: claiming does not search the slots, and reading does not visit the empty ones. Only the
 * owner word is authoritative. Only a slot's holder changes its bit; a process that frees a dead slot takes it first.
 * So a process may die between any two instructions here, and the slot is then free or dead, never lost.
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

void slot_give_up(struct scoreboard *scoreboard, size_t slot)
{
    atomic_fetch_and(&scoreboard->file->taken[slot / 64], ~(UINT64_C(1) << slot % 64));
    atomic_store(&scoreboard->file->slots[slot].owner, 0);
    scoreboard_aim(scoreboard, NULL);
}

/* Copies the entry word by word, since readers may read it meanwhile. They check `version` and `owner` for that. */
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

/* A peer's name that is safe in JSON. Other processes may have written to the file. */
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

/* Takes one of the 64 slots of a word. Returns its number, or SLOT_FULL. */
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
 * True if the bit of a free slot is set, which only damage can cause. Checks twice, because the slot may be released
 * and claimed meanwhile.
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
 * A slot counts as damaged for LIMIT_DAMAGE_MS. Its stream, if there is one, claims a slot again at its next message.
 * After that time the slot has no stream.
 */
static bool is_damaged(struct slot *slot)
{
    int64_t now = clock_monotonic();
    int64_t since = atomic_load(&slot->damaged);
    if (since <= 0 || since > now)
        atomic_store(&slot->damaged, since = now);
    return now - since < LIMIT_DAMAGE_MS * NS_PER_MS;
}

/* Frees the slot if its holder died, else copies its client. Returns the number of clients copied. */
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

void slot_fill(struct scoreboard *scoreboard, size_t slot)
{
    write_client(&scoreboard->file->slots[slot], &scoreboard->entry);
    atomic_fetch_or(&scoreboard->file->taken[slot / 64], UINT64_C(1) << slot % 64);
    atomic_store(&scoreboard->file->slots[slot].owner, scoreboard->self);
}
