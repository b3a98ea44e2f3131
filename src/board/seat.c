/*
 * Seats in the shared file. The owner word of a seat is
 *
 *   0                     free
 *   THREAD                held by the stream of that process: a client
 *   THREAD|WAITERS        held by a process that is writing the entry, or sweeping it away: no client
 *   ...|OWNER_DIED        the holder is gone, the kernel says so: as good as free
 *
 * `taken` has one bit a seat, so that claiming does not search the seats and reading does not visit the empty ones; the
 * owner word alone is the truth. Only a seat's holder changes its bit: whoever sweeps a dead seat becomes its holder
 * first. So a process may die between any two lines here, and the seat is then either free or dead, never lost.
 */
#include "board/seat.h"

#include "base/clock.h"

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

uint32_t seat_self(void)
{
    return (uint32_t)syscall(SYS_gettid);
}

/* Makes `robust` this process's robust list. Its pending entry alone is used: we hold one seat, or the journal. */
bool seat_guard(struct board *board)
{
    board->robust.first = &board->robust.first;
    board->robust.pending = NULL;
    board->robust.futex_offset = offsetof(struct seat, owner);
    return syscall(SYS_set_robust_list, &board->robust, sizeof board->robust) == 0;
}

/*
 * The one owner word that the kernel looks at when we end; NULL: none. It changes the word only if our thread id stands
 * there, which in a file shared between containers may be another's: so we aim at a word for as long as we hold it, and
 * no longer.
 */
void seat_aim(struct board *board, void *word)
{
    *(void *volatile *)&board->robust.pending = word;
    atomic_signal_fence(memory_order_seq_cst);
}

static bool is_held(uint32_t owner)
{
    return owner != 0 && (owner & ROBUST_OWNER_DIED) == 0;
}

static bool is_client(uint32_t owner)
{
    return is_held(owner) && (owner & ROBUST_WAITERS) == 0;
}

/* Becomes the holder of a seat that is free or dead. */
bool seat_take(struct board *board, struct seat *seat)
{
    uint32_t owner = atomic_load(&seat->owner);
    if (is_held(owner))
        return false;
    seat_aim(board, seat);
    if (atomic_compare_exchange_strong(&seat->owner, &owner, board->self | ROBUST_WAITERS))
        return true;
    seat_aim(board, NULL);
    return false;
}

static void set_taken(struct board_file *file, size_t seat)
{
    atomic_fetch_or(&file->taken[seat / 64], UINT64_C(1) << seat % 64);
}

static void clear_taken(struct board_file *file, size_t seat)
{
    atomic_fetch_and(&file->taken[seat / 64], ~(UINT64_C(1) << seat % 64));
}

/* Frees a seat that we hold. */
void seat_give_up(struct board *board, size_t seat)
{
    clear_taken(board->file, seat);
    atomic_store(&board->file->seats[seat].owner, 0);
    seat_aim(board, NULL);
}

/* The entry is copied by words that may be read and written at once; `version` and `owner` tell a reader whether they
 * were. */
static void write_entry(struct seat *seat, const struct client *client)
{
    uint64_t words[BOARD_ENTRY_WORDS];
    memcpy(words, client->peer, LIMIT_PEER);
    memcpy(&words[LIMIT_PEER / 8], &client->connected_at, 8);
    atomic_fetch_add(&seat->version, 1);
    atomic_store(&seat->damaged, 0);
    atomic_thread_fence(memory_order_release);
    for (size_t i = 0; i < BOARD_ENTRY_WORDS; i++)
        atomic_store_explicit(&seat->entry[i], words[i], memory_order_relaxed);
    atomic_store(&seat->position, client->position);
}

/* What may stand in a name without harm to the JSON or the reader: the file may have been written to by others. */
static bool is_name(const char *peer)
{
    size_t length = 0;
    while (length < LIMIT_PEER && peer[length] > ' ' && peer[length] <= '~' && peer[length] != '"' &&
           peer[length] != '\\')
        length++;
    return length > 0 && length < LIMIT_PEER && peer[length] == '\0';
}

static bool read_entry(struct seat *seat, struct client *client)
{
    uint64_t words[BOARD_ENTRY_WORDS];
    uint32_t owner = atomic_load(&seat->owner);
    uint32_t version = atomic_load(&seat->version);
    if (!is_client(owner))
        return false;
    for (size_t i = 0; i < BOARD_ENTRY_WORDS; i++)
        words[i] = atomic_load_explicit(&seat->entry[i], memory_order_relaxed);
    client->position = atomic_load(&seat->position);
    atomic_thread_fence(memory_order_acquire);
    if (atomic_load(&seat->owner) != owner || atomic_load(&seat->version) != version)
        return false;
    memcpy(client->peer, words, LIMIT_PEER);
    memcpy(&client->connected_at, &words[LIMIT_PEER / 8], 8);
    return true;
}

/* A free seat among the 64 of a word, or SEAT_FULL. */
static int take_in_word(struct board *board, size_t word)
{
    for (uint64_t free = ~atomic_load(&board->file->taken[word]); free != 0; free &= free - 1) {
        size_t seat = word * 64 + (size_t)__builtin_ctzll(free);
        if (seat_take(board, &board->file->seats[seat]))
            return (int)seat;
    }
    return SEAT_FULL;
}

int seat_take_any(struct board *board)
{
    int seat = SEAT_FULL;
    for (size_t word = 0; word < BOARD_WORDS && seat == SEAT_FULL; word++)
        seat = take_in_word(board, word);
    return seat;
}

/*
 * The bit of a seat that nobody holds is set: somebody else has written to the file. Looked at twice, since the seat
 * may be given up and claimed while we look.
 */
static bool is_orphan(struct board_file *file, size_t number)
{
    for (int look = 0; look < 2; look++)
        if (atomic_load(&file->seats[number].owner) != 0 ||
            (atomic_load(&file->taken[number / 64]) & UINT64_C(1) << number % 64) == 0)
            return false;
    return true;
}

/*
 * A seat that makes no sense counts as damaged for as long as its stream may take to claim one again, at its next
 * message; after that there is no stream to it. Returns whether it counts.
 */
static bool is_damaged(struct seat *seat)
{
    int64_t now = clock_monotonic();
    int64_t since = atomic_load(&seat->damaged);
    if (since <= 0 || since > now)
        atomic_store(&seat->damaged, since = now);
    return now - since < LIMIT_DAMAGE_MS * NS_PER_MS;
}

/* One seat that is taken: freed if its holder died, else copied. Returns how many were copied, 0 or 1. */
static size_t visit_seat(struct board *board, size_t number, struct client *client)
{
    struct seat *seat = &board->file->seats[number];
    if (is_orphan(board->file, number) && is_damaged(seat)) {
        board->damaged = true;
        return 0;
    }
    if (seat_take(board, seat)) {
        seat_give_up(board, number);
        return 0;
    }
    if (client == NULL || !read_entry(seat, client))
        return 0;
    bool named = is_name(client->peer);
    board->damaged |= !named && is_damaged(seat);
    return named;
}

/* Visits the seats that are taken; copies clients unless that is NULL. Returns how many were copied. */
size_t seat_visit(struct board *board, struct client *clients)
{
    size_t count = 0;
    for (size_t word = 0; word < BOARD_WORDS; word++) {
        for (uint64_t taken = atomic_load(&board->file->taken[word]); taken != 0; taken &= taken - 1) {
            size_t number = word * 64 + (size_t)__builtin_ctzll(taken);
            count += visit_seat(board, number, clients == NULL ? NULL : &clients[count]);
        }
    }
    return count;
}

/* Our entry, in a seat that we have taken. */
void seat_fill(struct board *board, size_t seat)
{
    write_entry(&board->file->seats[seat], &board->entry);
    set_taken(board->file, seat);
    atomic_store(&board->file->seats[seat].owner, board->self);
}
