/*
 * The journal next to a simple model of it. The input is a list of steps. A step is a byte: its low four bits are the
 * key, its high four bits what happens:
 *
 *   0   an attempt begins                                3   all attempts of the key are forgotten
 *   1   as many begin as the next byte says, times 17    4   the journal is read
 *   2   the latest attempt of the key ends               5   bytes are overwritten
 *
 * After 5 come two bytes, where, and one, how many, then the bytes themselves. Until then the journal must have exactly
 * the attempts of the model: when one too many begins, the key that has the most loses its oldest. After that, what is
 * read must be JSON, and nothing may crash or hang.
 */
#include "base/clock.h"
#include "base/log.h"
#include "fuzz.h"
#include "scoreboard/file.h"
#include "scoreboard/journal.h"
#include "scoreboard/journal_list.h"
#include "scoreboard/record.h"
#include "scoreboard/scoreboard.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum { KEYS = 16, STEPS = 64, LOOKS = 5 };

static struct scoreboard scoreboard;
static struct journal_entry entries[LIMIT_ATTEMPTS];
static struct model {
    bool is_damaged;
    size_t count;
    uint64_t counted[KEYS]; /* attempts of each key so far */
    struct {
        struct journal_entry entry;
        uint64_t number;
        unsigned key;
    } attempts[LIMIT_ATTEMPTS + 1];
} model;

static void name_key(char name[LIMIT_KEY], unsigned key)
{
    (void)snprintf(name, LIMIT_KEY, "key-%u", key);
}

static void remove_at(size_t index)
{
    model.count--;
    memmove(&model.attempts[index], &model.attempts[index + 1], (model.count - index) * sizeof model.attempts[0]);
}

static void make_room(void)
{
    size_t held[KEYS] = {0}, most = 0;
    if (model.count <= LIMIT_ATTEMPTS)
        return;
    for (size_t i = 0; i < model.count; i++)
        held[model.attempts[i].key]++;
    for (size_t key = 0; key < KEYS; key++) {
        held[key] = held[key] > LIMIT_FAIR_ATTEMPTS ? held[key] : LIMIT_FAIR_ATTEMPTS;
        most = held[key] > most ? held[key] : most;
    }
    size_t oldest = 0;
    while (held[model.attempts[oldest].key] != most)
        oldest++;
    remove_at(oldest);
}

static void begin(unsigned key)
{
    static struct details details;
    struct attempt attempt;
    struct journal_entry entry;
    char name[LIMIT_KEY];
    name_key(name, key);
    attempt_start(&attempt, span_of(name), span_of("GET"), span_of("/stream"));
    bool began = journal_begin(&scoreboard, &attempt, &details, true, &entry);
    must(began || model.is_damaged);
    if (model.is_damaged)
        return;
    must(attempt.number == ++model.counted[key]);
    must(model.count == 0 || entry.ticket > model.attempts[model.count - 1].entry.ticket);
    model.attempts[model.count].entry = entry;
    model.attempts[model.count].number = attempt.number;
    model.attempts[model.count++].key = key;
    make_room();
}

/* Fills free places with copies of a new attempt. To begin them all would take a hundred times as long. */
static void begin_many(unsigned key, size_t many)
{
    struct journal *journal = &scoreboard.file->journal;
    begin(key);
    if (model.is_damaged)
        return;
    struct journal_entry entry = model.attempts[model.count - 1].entry;
    uint64_t number = model.attempts[model.count - 1].number;
    size_t original = entry.place;
    for (entry.place = 0; entry.place < LIMIT_ATTEMPTS && many > 0; entry.place++) {
        if (journal->tickets[entry.place] != 0)
            continue;
        entry.ticket++;
        memcpy(&journal->attempts[entry.place], &journal->attempts[original], sizeof(struct attempt));
        journal->attempts[entry.place].ticket = entry.ticket;
        journal->tickets[entry.place] = entry.ticket;
        journal->last = entry.ticket;
        journal->owners[entry.place] = journal->owners[original];
        model.attempts[model.count].entry = entry;
        model.attempts[model.count].number = number;
        model.attempts[model.count++].key = key;
        many--;
    }
}

static void end(unsigned key)
{
    const struct outcome outcome = {.duration = 1, .status = 200, .end = ATTEMPT_END_SERVED};
    size_t i = model.count;
    while (i > 0 && model.attempts[i - 1].key != key)
        i--;
    if (i > 0)
        journal_end(&scoreboard, model.attempts[i - 1].entry, &outcome);
}

static void forget(unsigned key)
{
    char name[LIMIT_KEY];
    name_key(name, key);
    must(journal_forget(&scoreboard, name) || model.is_damaged);
    for (size_t i = model.count; i > 0; i--)
        if (model.attempts[i - 1].key == key)
            remove_at(i - 1);
    model.counted[key] = 0;
}

static void check_attempt(size_t index, const struct attempt *attempt)
{
    char name[LIMIT_KEY];
    name_key(name, model.attempts[index].key);
    must(attempt->number == model.attempts[index].number && strcmp(attempt->key, name) == 0);
}

/* Some attempts, the first and the last among them. */
static void look_at(size_t count)
{
    static char json[RECORD_ROOM];
    static struct details details;
    struct attempt attempt;
    for (size_t look = 0; look < LOOKS && count > 0; look++) {
        size_t index = look * (count - 1) / (LOOKS - 1);
        struct text text = text_in(json, sizeof json);
        bool copied = journal_list_copy(&scoreboard, &entries[index], NULL, &attempt, &details);
        must(copied || model.is_damaged);
        if (!copied)
            continue;
        record_json(&text, &attempt, &details);
        must(!text.truncated && is_json(text_written(&text)));
        if (!model.is_damaged)
            check_attempt(index, &attempt);
    }
}

static void read_journal(void)
{
    size_t count = 0;
    if (!journal_list_take(&scoreboard, entries, &count)) {
        must(model.is_damaged);
        return;
    }
    must(count <= LIMIT_ATTEMPTS && (model.is_damaged || count == model.count));
    for (size_t i = 0; i < count && !model.is_damaged; i++)
        must(entries[i].ticket == model.attempts[i].entry.ticket);
    look_at(count);
}

/* Returns the bytes after the damage. It is in the tables, or in the first keys and attempts. */
static struct span damage(struct span rest)
{
    static const size_t from[] = {offsetof(struct journal, lock), offsetof(struct journal, keys),
                                  offsetof(struct journal, attempts)};
    static const size_t size[] = {offsetof(struct journal, keys), 65536, 65536};
    if (rest.length < 3)
        return span_after(rest, rest.length);
    const unsigned char *head = (const unsigned char *)rest.at;
    size_t where = head[2] % 3, length = head[2] / 3;
    size_t at = (head[0] * 256U + head[1]) * 8U % (size[where] - UINT8_MAX);
    rest = span_after(rest, 3);
    length = length < rest.length ? length : rest.length;
    memcpy((char *)&scoreboard.file->journal + from[where] + at, rest.at, length);
    model.is_damaged = true;
    return span_after(rest, length);
}

static struct span take_step(struct span rest)
{
    unsigned char step = (unsigned char)*rest.at;
    unsigned key = step % KEYS;
    rest = span_after(rest, 1);
    switch (step >> 4) {
    case 0:
        begin(key);
        break;
    case 1:
        begin_many(key, rest.length > 0 ? 17U * (unsigned char)*rest.at : 0);
        return span_after(rest, 1);
    case 2:
        end(key);
        break;
    case 3:
        forget(key);
        break;
    case 4:
        read_journal();
        break;
    case 5:
        return damage(rest);
    default:
        break;
    }
    return rest;
}

/* An attempt without a ticket is none, and a key without a hash is none. What damage changed elsewhere is wiped too. */
static void wipe(void)
{
    struct journal *journal = &scoreboard.file->journal;
    memset((void *)journal, 0, offsetof(struct journal, keys));
    memset((void *)journal->keys, 0, 65536);
    memset((void *)journal->attempts, 0, 65536);
    memcpy(place, &scoreboard.header, sizeof scoreboard.header);
    model.is_damaged = false;
    model.count = 0;
    memset(model.counted, 0, sizeof model.counted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (scoreboard.file == NULL) {
        log_to(open("/dev/null", O_WRONLY | O_CLOEXEC), S_IFCHR, false, false);
        must(scoreboard_open_private(&scoreboard, place));
    }
    wipe();
    struct span rest = {(const char *)data, size};
    for (int steps = 0; steps < STEPS && rest.length > 0; steps++)
        rest = take_step(rest);
    read_journal();
    return 0;
}
