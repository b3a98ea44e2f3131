/*
 * A shared file that an attacker has written to. The input is a letter and bytes that change the file. Then the target
 * opens the file as the server does, reads it, claims a slot and writes /status. The response must be JSON and list
 * exactly the clients that a second reader finds in the bytes.
 *
 * The letter:
 *   h      the bytes overwrite the header
 *   s      two bytes are the new size of the file, in pages
 *   other  records follow: a number of two bytes, then below 0x8000 the 96 bytes of a slot, which is marked as taken,
 *          and from 0x8000 on eight bytes of marks
 */
#include "base/clock.h"
#include "fakes.h"
#include "fuzz.h"
#include "scoreboard/file.h"
#include "scoreboard/scoreboard.h"
#include "scoreboard/status.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the shared file is mapped. */
static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum { SLOT_BYTES = 96, RECORDS = 64, PAGE = 4096 };

static const char *path;
static struct scoreboard_file *file; /* the attacker's mapping; NULL: no file yet */
static struct {
    size_t count;
    size_t at[RECORDS]; /* slots and, from LIMIT_CLIENTS on, words of marks, which wipe() must clear */
} touched;

static struct client clients[LIMIT_CLIENTS];
static char json[LIMIT_CLIENTS * 64];

/* Replaces the C library's function with a file system that cannot reserve space. To reserve 5 MiB for each new file
 * took most of the time. */
int fallocate(int fd, int mode, off_t from, off_t length)
{
    (void)fd;
    (void)mode;
    (void)from;
    (void)length;
    errno = EOPNOTSUPP;
    return -1;
}

static size_t read_clients(struct scoreboard *scoreboard)
{
    size_t count = SIZE_MAX;
    if (!scoreboard_read(scoreboard, clients, &count)) /* it found the damage: it must succeed after the repair */
        fake_now += 2 * LIMIT_DAMAGE_MS * NS_PER_MS;
    must(scoreboard_read(scoreboard, clients, &count) && count <= LIMIT_CLIENTS);
    return count;
}

/* Creates the file as the server does. */
static void make_file(void)
{
    static struct scoreboard maker;
    path = scratch_path("status");
    (void)unlink(path);
    must(scoreboard_open(&maker, path, place));
    (void)close(maker.fd); /* or there are none left after some thousand files */
    file = maker.file;
}

static bool take(struct span *rest, void *to, size_t length)
{
    if (rest->length < length)
        return false;
    memcpy(to, rest->at, length);
    *rest = span_after(*rest, length);
    return true;
}

static void mark(size_t slot)
{
    file->taken[slot / 64] |= UINT64_C(1) << slot % 64;
}

/* The check word that the slot should have. Half of the records get it, so that they are not all damaged. */
static uint64_t reference_check(size_t number)
{
    const struct slot *slot = &file->slots[number];
    uint64_t check = number;
    check = check << 32 | slot->owner;
    for (size_t i = 0; i < SCOREBOARD_ENTRY_WORDS; i++) {
        check = (check ^ slot->entry[i]) * UINT64_C(0x9e3779b97f4a7c15);
        check ^= check >> 32;
    }
    return check;
}

static bool take_record(struct span *rest)
{
    uint16_t number;
    uint64_t marks;
    unsigned char bytes[SLOT_BYTES];
    if (touched.count == RECORDS || !take(rest, &number, sizeof number))
        return false;
    size_t slot = number % LIMIT_CLIENTS, word = number % SCOREBOARD_WORDS;
    if (number < 0x8000 ? !take(rest, bytes, sizeof bytes) : !take(rest, &marks, sizeof marks))
        return false;
    touched.at[touched.count++] = number < 0x8000 ? slot : LIMIT_CLIENTS + word;
    if (number < 0x8000) {
        memcpy((void *)&file->slots[slot], bytes, sizeof bytes);
        if ((number & 0x4000) == 0)
            file->slots[slot].check = reference_check(slot);
        mark(slot);
    } else {
        file->taken[word] = marks;
    }
    return true;
}

/* Restores the file for the next input. */
static void wipe(void)
{
    for (size_t i = 0; i < touched.count; i++) {
        size_t at = touched.at[i];
        if (at < LIMIT_CLIENTS)
            memset((void *)&file->slots[at], 0, sizeof file->slots[at]);
        file->taken[at < LIMIT_CLIENTS ? at / 64 : at - LIMIT_CLIENTS] = 0;
    }
    touched.count = 0;
}

/* The second reader: the slot is taken and not damaged, its owner is alive, no process is changing it. */
static bool is_shown(size_t number)
{
    struct slot *slot = &file->slots[number];
    uint32_t owner = slot->owner;
    const char *peer = (const char *)(void *)slot->entry;
    size_t length = strnlen(peer, LIMIT_PEER);
    if ((file->taken[number / 64] >> number % 64 & 1) == 0 || owner == 0 || (owner & 0xc0000000) != 0)
        return false;
    return slot->check == reference_check(number) && length > 0 && length < LIMIT_PEER &&
           is_printable((struct span){peer, length}) && strpbrk(peer, " \"\\") == NULL;
}

static bool is_first_record_of(size_t i)
{
    size_t before = 0;
    while (touched.at[before] != touched.at[i])
        before++;
    return before == i;
}

static size_t reference_count(void)
{
    size_t count = 0;
    for (size_t i = 0; i < touched.count; i++)
        count += touched.at[i] < LIMIT_CLIENTS && is_first_record_of(i) && is_shown(touched.at[i]);
    return count;
}

/* Checks what /status sends. */
static void check_rendering(size_t count)
{
    struct text text = text_in(json, sizeof json);
    size_t members;
    text_string(&text, "{");
    for (size_t i = 0; i < count; i++) {
        char room[STATUS_MEMBER_ROOM];
        struct text member = text_in(room, sizeof room);
        text_string(&member, i > 0 ? "," : "");
        status_member(&member, &clients[i]);
        must(!member.truncated);
        text_span(&text, text_written(&member));
        must(i == 0 || strcmp(clients[i - 1].peer, clients[i].peer) < 0);
    }
    text_string(&text, "}");
    must(!text.truncated && text.length == status_length(clients, count));
    must(is_json_object(text_written(&text), &members) && members == count);
}

static size_t count_names(size_t count)
{
    size_t names = 0;
    for (size_t i = 0; i < count; i++) {
        size_t later = i + 1;
        while (later < count && strcmp(clients[later].peer, clients[i].peer) != 0)
            later++;
        names += later == count;
    }
    return names;
}

/* How many of the records' slots are marked as taken; with `held`, only those that are shown or are being written. */
static size_t count_marked(bool held)
{
    size_t count = 0;
    for (size_t i = 0; i < touched.count; i++) {
        size_t at = touched.at[i];
        if (at >= LIMIT_CLIENTS || !is_first_record_of(i) || (file->taken[at / 64] >> at % 64 & 1) == 0)
            continue;
        uint32_t owner = file->slots[at].owner;
        bool written = (owner & 0xc0000000) == 0x80000000;
        count += !held || written || is_shown(at);
    }
    return count;
}

static void check_reading(struct scoreboard *scoreboard)
{
    size_t wanted = reference_count(), held = count_marked(true);
    size_t count = read_clients(scoreboard);
    must(count == wanted);
    must(count_marked(false) == held); /* slots of dead owners were released */
    size_t names = count_names(count);
    must(status_sort(clients, count) == names);
    check_rendering(names);
}

static bool is_listed(const char *peer, size_t count)
{
    while (count > 0 && strcmp(clients[count - 1].peer, peer) != 0)
        count--;
    return count > 0;
}

/* Another process must see our stream next to the attacker's while it runs, and not after it has ended. */
static void check_claiming(struct scoreboard *scoreboard)
{
    static struct scoreboard other;
    const struct client ours = {.peer = "~ours~", .connected_at = 1, .position = 1};
    size_t before = read_clients(scoreboard);
    bool was_listed = is_listed(ours.peer, before);
    int slot = scoreboard_claim(scoreboard, &ours);
    must(slot == SLOT_NONE || (slot >= 0 && slot < LIMIT_CLIENTS));
    if (slot == SLOT_NONE)
        return;
    scoreboard_move(scoreboard, slot, 7);
    other.file = scoreboard->file;
    other.header = scoreboard->header;
    size_t during = read_clients(&other);
    must(during == before + 1 && is_listed(ours.peer, during));
    scoreboard_leave(scoreboard, slot);
    must(read_clients(scoreboard) == before && is_listed(ours.peer, before) == was_listed);
    memset((void *)&scoreboard->file->slots[slot], 0, sizeof(struct slot));
}

/* A damaged file must be replaced, or filled if it was empty. It must then list no clients. */
static void check_replaced(struct scoreboard *scoreboard)
{
    struct stat stat;
    must(lstat(path, &stat) == 0 && stat.st_size == (off_t)sizeof *file);
    must(read_clients(scoreboard) == 0);
    file = NULL;
}

/* Overwrites the header. Returns true if that did not change it. */
static bool damage_header(struct span bytes)
{
    struct scoreboard_header header = file->header;
    memcpy((void *)&file->header, bytes.at, bytes.length < sizeof header ? bytes.length : sizeof header);
    return memcmp(&file->header, &header, sizeof header) == 0;
}

/* Changes the size. Returns true if it is still the right one. */
static bool damage_size(struct span bytes)
{
    uint16_t pages = 0;
    (void)take(&bytes, &pages, sizeof pages);
    off_t size = (off_t)pages % 2048 * PAGE;
    must(truncate(path, size) == 0);
    return size == (off_t)sizeof *file;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scoreboard scoreboard;
    if (size == 0)
        return 0;
    if (file == NULL)
        make_file();
    struct span rest = {(const char *)data + 1, size - 1};
    bool fits = true;
    if (data[0] == 'h')
        fits = damage_header(rest);
    else if (data[0] == 's')
        fits = damage_size(rest);
    else
        while (take_record(&rest))
            ;
    must(scoreboard_open(&scoreboard, path, place));
    (void)close(scoreboard.fd);
    scoreboard.fd = -1;
    if (fits) {
        check_reading(&scoreboard);
        check_claiming(&scoreboard);
        wipe();
    } else {
        check_replaced(&scoreboard);
    }
    return 0;
}
