/*
 * A place in the table belongs to a name only while `hashes` holds the name's hash. A writer clears the hash first and
 * sets it last. A search begins where the hash says and reads the hashes in order; for a new name all of them, 64 KiB,
 * which the processor prefetches. There are no links between places that damage could turn into an endless loop.
 */
#include "scoreboard/keys.h"

#include "scoreboard/lock.h"

#include <string.h>

/* 64-bit FNV-1a. Never 0, which marks a free place. */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < LIMIT_KEY && name[i] != '\0'; i++)
        hash = (hash ^ (unsigned char)name[i]) * UINT64_C(0x100000001b3);
    return hash != 0 ? hash : 1;
}

/* Returns the name's place, or LIMIT_KEYS. */
static size_t find_key(struct journal *journal, const char *name, uint64_t hash)
{
    for (size_t i = 0; i < LIMIT_KEYS; i++) {
        size_t place = (hash + i) % LIMIT_KEYS;
        if (atomic_load_explicit(&journal->hashes[place], memory_order_relaxed) == hash &&
            strncmp(journal->keys[place].name, name, LIMIT_KEY) == 0)
            return place;
    }
    return LIMIT_KEYS;
}

/* Returns the first free place from where the hash says, or the least recently used one. */
static size_t find_room(struct journal *journal, uint64_t hash)
{
    size_t oldest = 0;
    uint64_t oldest_use = UINT64_MAX;
    for (size_t i = 0; i < LIMIT_KEYS; i++) {
        size_t place = (hash + i) % LIMIT_KEYS;
        if (atomic_load_explicit(&journal->hashes[place], memory_order_relaxed) == 0)
            return place;
        uint64_t use = atomic_load_explicit(&journal->used[place], memory_order_relaxed);
        if (use < oldest_use) {
            oldest_use = use;
            oldest = place;
        }
    }
    return oldest;
}

/* A replaced key has no attempts in the journal any more: LIMIT_ATTEMPTS is below LIMIT_KEYS. */
static size_t make_key(struct journal *journal, const char *name, uint64_t hash)
{
    size_t place = find_room(journal, hash);
    struct journal_key *key = &journal->keys[place];
    atomic_store(&journal->hashes[place], 0);
    lock_fence();
    memcpy(key->name, name, strnlen(name, LIMIT_KEY - 1) + 1);
    key->name[LIMIT_KEY - 1] = '\0';
    for (size_t i = 0; i < KEYS_OTHERS; i++)
        atomic_store(&key->others[i], 0);
    for (size_t i = 0; i < KEYS_METHODS; i++)
        atomic_store(&key->methods[i].count, 0);
    lock_fence();
    atomic_store(&journal->hashes[place], hash);
    return place;
}

size_t keys_use(struct journal *journal, const char *name, uint64_t ticket)
{
    uint64_t hash = hash_of(name);
    size_t place = find_key(journal, name, hash);
    if (place == LIMIT_KEYS)
        place = make_key(journal, name, hash);
    atomic_store(&journal->used[place], ticket);
    return place;
}

/* The index of the method's count. A method that is not common takes a place in `others`; the last one is shared. */
static size_t find_count(struct journal_key *key, const char *method)
{
    static const char common[KEYS_COMMON][8] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    for (size_t i = 0; i < KEYS_COMMON; i++)
        if (strcmp(method, common[i]) == 0)
            return i;
    uint64_t hash = hash_of(method);
    size_t other = 0;
    while (other < KEYS_OTHERS - 1 && atomic_load(&key->others[other]) != 0 && atomic_load(&key->others[other]) != hash)
        other++;
    atomic_store(&key->others[other], hash);
    return KEYS_COMMON + other;
}

uint64_t keys_count(struct journal *journal, size_t place, const char *method, int64_t now, int64_t *since)
{
    struct journal_key *key = &journal->keys[place];
    struct key_count *count = &key->methods[find_count(key, method)];
    uint64_t before = atomic_load(&count->count);
    if (before >= INT64_MAX) /* damaged */
        before = 0;
    int64_t began = atomic_load(&count->began[before % 2]);
    *since = before > 0 && began >= 0 && began <= now ? now - began : -1;
    atomic_store(&count->began[(before + 1) % 2], now);
    lock_fence();
    atomic_store(&count->count, before + 1);
    return before + 1;
}

void keys_forget(struct journal *journal, const char *name)
{
    size_t place = find_key(journal, name, hash_of(name));
    if (place < LIMIT_KEYS)
        atomic_store(&journal->hashes[place], 0);
}
