/*
 * A shared file that another process damages while streams run. The input is a list of steps. After them everything
 * that lives does what it does in any case: each stream sends a message, and /status is read. Then, LIMIT_DAMAGE_MS
 * later, /status must answer and list exactly the streams that live, each at its position.
 *
 * A step is a byte: its low four bits are the stream, its high four bits what happens:
 *
 *   0   the stream begins, or sends a message     4   /status is read
 *   1   it looks after its slot                   5   time passes: the next byte, in steps of 100 ms
 *   2   it ends                                   6   bytes are overwritten in the header and the first marks
 *   3   its process is killed                     7   bytes are overwritten in the first slots
 *
 * After 6 and 7 come two bytes, where, and one, how many, then the bytes themselves.
 */
#include "base/clock.h"
#include "base/log.h"
#include "fakes.h"
#include "fuzz.h"
#include "scoreboard/file.h"
#include "stream/presence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum {
    STREAMS = 16,
    FIRST_THREAD = 1000,
    DAMAGED_SLOTS = 128,
    LONGEST = 255,
    DAMAGED_MARKS = 512,
    TOUCHED_SLOTS = 8 * DAMAGED_MARKS
};

static struct scoreboard reader;
static struct client clients[LIMIT_CLIENTS];
static struct stream {
    struct scoreboard scoreboard;
    struct presence presence;
    uint64_t position; /* 0: it does not run */
} streams[STREAMS];
static uint32_t thread; /* whose system calls these are */

/* Replaces the C library's function: each stream has a thread id of its own, and the kernel marks no slots here. */
long syscall(long number, ...)
{
    if (number == SYS_gettid)
        return thread;
    if (number == SYS_set_robust_list)
        return 0;
    errno = ENOSYS;
    return -1;
}

static void be_stream(const struct stream *stream)
{
    thread = FIRST_THREAD + (uint32_t)(stream - streams);
}

static void begin(struct stream *stream)
{
    struct client client = {.connected_at = fake_now, .position = 1};
    (void)snprintf(client.peer, sizeof client.peer, "stream-%02d", (int)(stream - streams));
    stream->scoreboard = (struct scoreboard){.file = reader.file, .fd = -1, .header = reader.header};
    stream->presence = (struct presence){.scoreboard = &stream->scoreboard};
    stream->presence.slot = scoreboard_claim(&stream->scoreboard, &client);
    must(stream->presence.slot >= 0);
    stream->position = 1;
}

static void step_stream(struct stream *stream)
{
    be_stream(stream);
    if (stream->position == 0)
        begin(stream);
    else
        presence_move(&stream->presence, ++stream->position);
}

static void keep_stream(struct stream *stream)
{
    be_stream(stream);
    if (stream->position > 0)
        presence_keep(&stream->presence);
}

static void end_stream(struct stream *stream)
{
    be_stream(stream);
    if (stream->position > 0)
        presence_leave(&stream->presence);
    stream->position = 0;
}

/* As the kernel does: the word that the process aims at gets a mark if it holds the thread id. */
static void kill_stream(struct stream *stream)
{
    be_stream(stream);
    _Atomic uint32_t *owner = (void *)stream->scoreboard.robust.list_op_pending;
    if (stream->position > 0 && owner != NULL && (*owner & ~(FUTEX_WAITERS | FUTEX_OWNER_DIED)) == thread)
        *owner = (*owner & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
    stream->position = 0;
}

static bool read_status(size_t *count)
{
    thread = FIRST_THREAD + STREAMS;
    *count = SIZE_MAX;
    bool answers = scoreboard_read(&reader, clients, count);
    must(!answers || *count <= LIMIT_CLIENTS);
    return answers;
}

/* Returns the bytes after the damage. */
static struct span damage(struct span rest, size_t from, size_t size)
{
    if (rest.length < 3)
        return span_after(rest, rest.length);
    const unsigned char *head = (const unsigned char *)rest.at;
    size_t at = (head[0] * 256U + head[1]) % (size - LONGEST), length = head[2];
    rest = span_after(rest, 3);
    length = length < rest.length ? length : rest.length;
    memcpy(place + from + at, rest.at, length);
    return span_after(rest, length);
}

static struct span take_step(struct span rest)
{
    unsigned char step = (unsigned char)*rest.at;
    struct stream *stream = &streams[step % STREAMS];
    size_t count;
    rest = span_after(rest, 1);
    switch (step >> 4) {
    case 0:
        step_stream(stream);
        break;
    case 1:
        keep_stream(stream);
        break;
    case 2:
        end_stream(stream);
        break;
    case 3:
        kill_stream(stream);
        break;
    case 4:
        (void)read_status(&count);
        break;
    case 5:
        fake_now += rest.length > 0 ? (unsigned char)*rest.at * 100 * NS_PER_MS : 0;
        return span_after(rest, 1);
    case 6:
        return damage(rest, 0, offsetof(struct scoreboard_file, taken) + DAMAGED_MARKS);
    case 7:
        return damage(rest, offsetof(struct scoreboard_file, slots), DAMAGED_SLOTS * sizeof(struct slot));
    default:
        break;
    }
    return rest;
}

static void send_messages(void)
{
    for (size_t i = 0; i < STREAMS; i++)
        if (streams[i].position > 0)
            step_stream(&streams[i]);
}

static bool is_right(const struct client *client)
{
    unsigned number;
    return sscanf(client->peer, "stream-%2u", &number) == 1 && number < STREAMS &&
           streams[number].position == client->position;
}

/* /status lists each stream that lives, at its position, and nothing else. */
static void check_healed(void)
{
    size_t count, living = 0;
    must(read_status(&count));
    for (size_t i = 0; i < STREAMS; i++)
        living += streams[i].position > 0;
    must(count == living);
    for (size_t i = 0; i < count; i++) {
        must(is_right(&clients[i]));
        for (size_t j = 0; j < i; j++)
            must(strcmp(clients[i].peer, clients[j].peer) != 0);
    }
}

/* Only what a run can have touched: streams claim the first slots that have no mark. */
static void wipe(void)
{
    memset(place, 0, offsetof(struct scoreboard_file, slots) + TOUCHED_SLOTS * sizeof(struct slot));
    memcpy(place, &reader.header, sizeof reader.header);
    memset(streams, 0, sizeof streams);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t count;
    if (reader.file == NULL) {
        log_to(open("/dev/null", O_WRONLY | O_CLOEXEC), S_IFCHR, false, false); /* it would be full of the damage */
        must(scoreboard_open_private(&reader, place));
    }
    wipe();
    for (struct span rest = {(const char *)data, size}; rest.length > 0;)
        rest = take_step(rest);
    send_messages();
    (void)read_status(&count); /* finds the damage and frees what is damaged */
    send_messages();
    fake_now += LIMIT_DAMAGE_MS * NS_PER_MS;
    check_healed();
    return 0;
}
