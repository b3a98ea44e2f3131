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
#include "board/board.h"

#include "board/file.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

_Static_assert(sizeof(struct board_file) == BOARD_SIZE, "what others make room for");

static uint32_t own_thread(void)
{
    return (uint32_t)syscall(SYS_gettid);
}

/* Makes `robust` this process's robust list. Its pending entry alone is used: we never hold two seats. */
static bool guard(struct board *board)
{
    board->robust.first = &board->robust.first;
    board->robust.pending = NULL;
    board->robust.futex_offset = offsetof(struct seat, owner);
    return syscall(SYS_set_robust_list, &board->robust, sizeof board->robust) == 0;
}

/*
 * The one seat whose owner word the kernel looks at when we end; NULL: none. It changes the word only if our thread id
 * stands there, which in a file shared between containers may be another's: so we aim at a seat for as long as we hold
 * it, and no longer.
 */
static void aim(struct board *board, struct seat *seat)
{
    *(void *volatile *)&board->robust.pending = seat;
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
static bool take(struct board *board, struct seat *seat, uint32_t self)
{
    uint32_t owner = atomic_load(&seat->owner);
    if (is_held(owner))
        return false;
    aim(board, seat);
    if (atomic_compare_exchange_strong(&seat->owner, &owner, self | ROBUST_WAITERS))
        return true;
    aim(board, NULL);
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
static void give_up(struct board *board, size_t seat)
{
    clear_taken(board->file, seat);
    atomic_store(&board->file->seats[seat].owner, 0);
    aim(board, NULL);
}

/* The entry is copied by words that may be read and written at once; `version` and `owner` tell a reader whether they
 * were. */
static void write_entry(struct seat *seat, const struct client *client)
{
    uint64_t words[BOARD_ENTRY_WORDS];
    memcpy(words, client->peer, LIMIT_PEER);
    memcpy(&words[LIMIT_PEER / 8], &client->connected_at, 8);
    atomic_fetch_add(&seat->version, 1);
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
    return is_name(client->peer);
}

/* A free seat among the 64 of a word, or SEAT_FULL. */
static int take_in_word(struct board *board, size_t word, uint32_t self)
{
    for (uint64_t free = ~atomic_load(&board->file->taken[word]); free != 0; free &= free - 1) {
        size_t seat = word * 64 + (size_t)__builtin_ctzll(free);
        if (take(board, &board->file->seats[seat], self))
            return (int)seat;
    }
    return SEAT_FULL;
}

static int take_any(struct board *board, uint32_t self)
{
    int seat = SEAT_FULL;
    for (size_t word = 0; word < BOARD_WORDS && seat == SEAT_FULL; word++)
        seat = take_in_word(board, word, self);
    return seat;
}

/* Visits the seats that are taken: frees those whose holder died, copies the others. Returns how many were copied. */
static size_t visit(struct board *board, uint32_t self, struct client *clients)
{
    size_t count = 0;
    for (size_t word = 0; word < BOARD_WORDS; word++) {
        for (uint64_t taken = atomic_load(&board->file->taken[word]); taken != 0; taken &= taken - 1) {
            size_t number = word * 64 + (size_t)__builtin_ctzll(taken);
            struct seat *seat = &board->file->seats[number];
            if (take(board, seat, self))
                give_up(board, number);
            else if (clients != NULL)
                count += read_entry(seat, &clients[count]);
        }
    }
    return count;
}

int board_claim(struct board *board, const struct client *client)
{
    if (board->file == NULL || !guard(board))
        return SEAT_NONE;
    board->self = own_thread();
    int seat = take_any(board, board->self);
    if (seat == SEAT_FULL) {
        (void)visit(board, board->self, NULL);
        seat = take_any(board, board->self);
    }
    if (seat == SEAT_FULL)
        return SEAT_FULL;
    write_entry(&board->file->seats[seat], client);
    set_taken(board->file, (size_t)seat);
    atomic_store(&board->file->seats[seat].owner, board->self);
    return seat;
}

/* Ours still: somebody may have cleared the file, and another have claimed the seat since. */
static bool is_ours(const struct board *board, int seat)
{
    return seat >= 0 && atomic_load(&board->file->seats[seat].owner) == board->self;
}

void board_move(struct board *board, int seat, uint64_t position)
{
    if (is_ours(board, seat))
        atomic_store_explicit(&board->file->seats[seat].position, position, memory_order_relaxed);
}

void board_leave(struct board *board, int seat)
{
    if (is_ours(board, seat))
        give_up(board, (size_t)seat);
}

bool board_read(struct board *board, struct client *clients, size_t *count)
{
    if (board->file == NULL)
        return false;
    *count = guard(board) ? visit(board, own_thread(), clients) : 0;
    if (board->lost != 0)
        board_none(board, "the shared file was cut short while it was in use");
    return board->file != NULL;
}

bool board_recover(struct board *board, const void *address)
{
    const char *file = (const char *)board->file;
    const char *at = address;
    if (file == NULL || at < file || at >= file + sizeof *board->file)
        return false;
    board->lost = 1;
    return mmap(board->file, sizeof *board->file, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1,
                0) != MAP_FAILED;
}

void board_none(struct board *board, const char *why)
{
    struct text text = text_in(board->why, sizeof board->why - 1);
    text_string(&text, why);
    board->why[text.length] = '\0';
    board->file = NULL;
}

/* A file is of use only if the kernel marks the seats of those who die. */
static bool keep(struct board *board, struct board_file *file, struct text *why)
{
    board->why[why->length] = '\0';
    board->file = file;
    if (file != NULL && !guard(board))
        board_none(board, "the kernel refuses robust futexes (set_robust_list)");
    return board->file != NULL;
}

bool board_open(struct board *board, const char *path, void *place)
{
    struct text why = text_in(board->why, sizeof board->why - 1);
    return keep(board, board_file_open(path, place, &why), &why);
}

bool board_open_private(struct board *board, void *place)
{
    struct text why = text_in(board->why, sizeof board->why - 1);
    return keep(board, board_file_private(place, &why), &why);
}
