/*
 * `check` is computed from the slot's number, owner and entry. A slot whose check is wrong was damaged by another
 * process. The process that finds the damage frees the slot. The slot's stream claims another.
 *
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

/* Not a secret: it finds damage, such as bits or bytes from elsewhere. The constant is that of splitmix64. */
static uint64_t check_of(size_t number, uint32_t owner, const uint64_t words[SCOREBOARD_ENTRY_WORDS])
{
    uint64_t check = (uint64_t)number << 32 | owner;
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++) {
        check = (check ^ words[i]) * UINT64_C(0x9e3779b97f4a7c15);
        check ^= check >> 32;
    }
    return check;
}

void slot_give_up(struct scoreboard *scoreboard, size_t slot)
{
    atomic_fetch_and(&scoreboard->file->taken[slot / 64], ~(UINT64_C(1) << slot % 64));
    atomic_store(&scoreboard->file->slots[slot].owner, 0);
    scoreboard_aim(scoreboard, NULL);
}

/* Copies the entry word by word, since readers may read it meanwhile. They check `version` and `owner` for that. */
static void write_client(struct slot *slot, size_t number, uint32_t owner, const struct client *client)
{
    uint64_t words[SCOREBOARD_ENTRY_WORDS];
    memcpy(words, client->peer, LIMIT_PEER);
    memcpy(&words[LIMIT_PEER / 8], &client->connected_at, 8);
    atomic_fetch_add(&slot->version, 1);
    atomic_thread_fence(memory_order_release);
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++)
        atomic_store_explicit(&slot->entry[i], words[i], memory_order_relaxed);
    atomic_store(&slot->check, check_of(number, owner, words));
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

enum found {
    FOUND_NOTHING, /* no client, or it changes right now */
    FOUND_CLIENT,
    FOUND_DAMAGE,
};

static enum found read_client(struct slot *slot, size_t number, struct client *client)
{
    uint64_t words[SCOREBOARD_ENTRY_WORDS];
    uint32_t owner = atomic_load(&slot->owner);
    uint32_t version = atomic_load(&slot->version);
    if (!is_client(owner))
        return FOUND_NOTHING;
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++)
        words[i] = atomic_load_explicit(&slot->entry[i], memory_order_relaxed);
    uint64_t check = atomic_load(&slot->check);
    client->position = atomic_load(&slot->position);
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load(&slot->owner) != owner || atomic_load(&slot->version) != version)
        return FOUND_NOTHING;
    memcpy(client->peer, words, LIMIT_PEER);
    memcpy(&client->connected_at, &words[LIMIT_PEER / 8], 8);
    return check == check_of(number, owner, words) && is_peer(client->peer) ? FOUND_CLIENT : FOUND_DAMAGE;
}

/* Takes one of the 64 slots of a word. Returns its number, or SLOT_NONE. */
static int take_in_word(struct scoreboard *scoreboard, size_t word)
{
    for (uint64_t free = ~atomic_load(&scoreboard->file->taken[word]); free != 0; free &= free - 1) {
        size_t slot = word * 64 + (size_t)__builtin_ctzll(free);
        if (slot_take(scoreboard, &scoreboard->file->slots[slot]))
            return (int)slot;
    }
    return SLOT_NONE;
}

int slot_take_any(struct scoreboard *scoreboard)
{
    int slot = SLOT_NONE;
    for (size_t word = 0; word < SCOREBOARD_WORDS && slot == SLOT_NONE; word++)
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
 * Frees a damaged slot. Its stream, if there is one, finds that out and claims a slot again, even if it was just
 * filling this one.
 */
static void free_damaged(struct scoreboard *scoreboard, size_t number)
{
    scoreboard_note_damage(scoreboard);
    slot_give_up(scoreboard, number);
}

/* Frees the slot if its holder died or it is damaged, else copies its client. Returns the number of clients copied. */
static size_t visit_slot(struct scoreboard *scoreboard, size_t number, struct client *client)
{
    struct slot *slot = &scoreboard->file->slots[number];
    bool orphan = is_orphan(scoreboard->file, number);
    if (slot_take(scoreboard, slot)) {
        if (orphan)
            scoreboard_note_damage(scoreboard);
        slot_give_up(scoreboard, number);
        return 0;
    }
    enum found found = read_client(slot, number, client);
    if (found == FOUND_DAMAGE)
        free_damaged(scoreboard, number);
    return found == FOUND_CLIENT;
}

size_t slot_visit(struct scoreboard *scoreboard, struct client *clients)
{
    size_t count = 0;
    for (size_t word = 0; word < SCOREBOARD_WORDS; word++) {
        for (uint64_t taken = atomic_load(&scoreboard->file->taken[word]); taken != 0; taken &= taken - 1)
            count += visit_slot(scoreboard, word * 64 + (size_t)__builtin_ctzll(taken), &clients[count]);
    }
    return count;
}

void slot_sweep(struct scoreboard *scoreboard)
{
    struct client client;
    for (size_t number = 0; number < LIMIT_CLIENTS; number++) {
        struct slot *slot = &scoreboard->file->slots[number];
        if (visit_slot(scoreboard, number, &client) == 0 && is_held(atomic_load(&slot->owner)))
            slot_give_up(scoreboard, number);
    }
}

bool slot_is_listed(const struct scoreboard *scoreboard, size_t slot)
{
    return atomic_load(&scoreboard->file->slots[slot].owner) == scoreboard->self &&
           (atomic_load_explicit(&scoreboard->file->taken[slot / 64], memory_order_relaxed) >> slot % 64 & 1) != 0;
}

void slot_fill(struct scoreboard *scoreboard, size_t slot)
{
    write_client(&scoreboard->file->slots[slot], slot, scoreboard->self, &scoreboard->entry);
    atomic_fetch_or(&scoreboard->file->taken[slot / 64], UINT64_C(1) << slot % 64);
    atomic_store(&scoreboard->file->slots[slot].owner, scoreboard->self);
}
