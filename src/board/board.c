/*
 * The shared file in the hands of one process: opening it, claiming a seat and keeping it, reading all. What others do
 * to the file while it is in use costs at most this process's place in it, and is told: board_read() then says why it
 * cannot answer.
 */
#include "board/board.h"

#include "base/log.h"
#include "board/file.h"
#include "board/seat.h"

#include <string.h>
#include <sys/mman.h>

_Static_assert(sizeof(struct board_file) == BOARD_SIZE, "what others make room for");
_Static_assert(BOARD_SIZE % 4096 == 0, "whole pages, so that nothing behind is mapped over");

void board_set_why(struct board *board, const char *why)
{
    struct text text = text_in(board->why, sizeof board->why - 1);
    text_string(&text, why);
    board->why[text.length] = '\0';
}

void board_none(struct board *board, const char *why)
{
    board_set_why(board, why);
    board->file = NULL;
}

/* The file was of use, and is no more. The log says so, for once: what a client is told is its own affair. */
static void give_up_file(struct board *board, const char *why)
{
    board_none(board, why);
    log_error(board->why, 0);
}

/* Somebody may have written over the header, or cut the file short, and it then has no last seat: it tells nothing any
 * more. */
bool board_is_whole(struct board *board)
{
    bool whole = board->file != NULL && board_file_is_whole(board->file); /* to look may tell that it was cut short */
    if (board->file != NULL && board->lost != 0)
        give_up_file(board, "the shared file was cut short while it was in use");
    else if (board->file != NULL && !whole)
        give_up_file(board, "the shared file was overwritten while it was in use");
    return board->file != NULL;
}

int board_claim(struct board *board, const struct client *client)
{
    if (!board_is_whole(board) || !seat_guard(board))
        return SEAT_NONE;
    board->self = seat_self();
    int seat = seat_take_any(board);
    if (seat == SEAT_FULL) {
        (void)seat_visit(board, NULL);
        seat = seat_take_any(board);
    }
    if (seat == SEAT_FULL)
        return SEAT_FULL;
    if (client != NULL)
        board->entry = *client;
    seat_fill(board, (size_t)seat);
    return seat;
}

/* Ours still: somebody may have written to the file, and another have claimed the seat since. */
static bool is_ours(const struct board *board, int seat)
{
    return seat >= 0 && atomic_load(&board->file->seats[seat].owner) == board->self;
}

int board_move(struct board *board, int seat, uint64_t position)
{
    if (is_ours(board, seat))
        atomic_store_explicit(&board->file->seats[seat].position, position, memory_order_relaxed);
    if (seat < 0 || is_ours(board, seat))
        return seat;
    board->entry.position = position;
    seat = board_is_whole(board) && seat_take(board, &board->file->seats[seat]) ? seat : board_claim(board, NULL);
    if (seat >= 0)
        seat_fill(board, (size_t)seat);
    return seat >= 0 ? seat : SEAT_NONE;
}

void board_leave(struct board *board, int seat)
{
    if (is_ours(board, seat))
        seat_give_up(board, (size_t)seat);
}

bool board_read(struct board *board, struct client *clients, size_t *count)
{
    if (board->file != NULL) /* a file that was cut short has no last seat: see board_recover() */
        (void)atomic_load(&board->file->seats[LIMIT_CLIENTS - 1].owner);
    if (!board_is_whole(board) || !seat_guard(board))
        return false;
    board->damaged = false;
    board->self = seat_self();
    *count = seat_visit(board, clients);
    if (board->damaged)
        board_set_why(board, "somebody else has written to the shared file; ask again");
    return board_is_whole(board) && !board->damaged;
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

/* A file is of use only if the kernel marks the seats of those who die. */
static bool keep(struct board *board, struct board_file *file, struct text *why)
{
    board->why[why->length] = '\0';
    board->file = file;
    if (file != NULL && !seat_guard(board))
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
