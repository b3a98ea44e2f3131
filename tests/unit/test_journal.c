/* The journal: counting, replacing, forgetting, damage. */
#include "base/clock.h"
#include "check.h"
#include "scoreboard/file.h"
#include "scoreboard/journal.h"
#include "scoreboard/lock.h"
#include "scoreboard/progress.h"
#include "scoreboard/record.h"
#include "scoreboard/scoreboard.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Alignas(4096) char place[SCOREBOARD_SIZE];
static struct scoreboard scoreboard;
static struct attempt attempts[LIMIT_ATTEMPTS];
static struct journal_entry entries[LIMIT_ATTEMPTS];
static size_t listed; /* of entries */
static struct details details;
static struct journal_entry latest; /* the attempt that began last */

static void open_new(void)
{
    check(scoreboard_open_private(&scoreboard, place));
}

/* Returns the number of the attempt, or 0. */
static uint64_t begin_with(const char *key, const char *method)
{
    struct attempt attempt;
    attempt_start(&attempt, span_of(key), span_of(method), span_of("/stream"));
    return journal_begin(&scoreboard, &attempt, &details, true, &latest) ? attempt.number : 0;
}

static uint64_t begin(const char *key)
{
    return begin_with(key, "GET");
}

/* Reads the attempts of the key, or all if it is NULL. */
static bool read_all(const char *key, size_t *count)
{
    if (!journal_list(&scoreboard, entries, &listed))
        return false;
    *count = 0;
    for (size_t i = 0; i < listed; i++)
        *count += journal_copy(&scoreboard, &entries[i], key, &attempts[*count], &details);
    return true;
}

/* The attempt that began last, in the file. */
static struct attempt *latest_entered(void)
{
    struct journal *journal = &scoreboard.file->journal;
    check(journal->tickets[latest.place] == latest.ticket);
    return &journal->attempts[latest.place];
}

static size_t count_of(const char *key)
{
    size_t count = SIZE_MAX;
    check(read_all(key, &count));
    return count;
}

static void test_order(void)
{
    open_new();
    check(count_of(NULL) == 0 && count_of("a") == 0);
    for (uint64_t i = 1; i <= 3; i++)
        check(begin("a") == i && begin("b.B_9-") == i);
    check(begin("c") == 1);
    check(count_of(NULL) == 7 && strcmp(attempts[0].key, "a") == 0 && strcmp(attempts[6].key, "c") == 0);
    check(count_of("b.B_9-") == 3);
    for (size_t i = 0; i < 3; i++) {
        check(attempts[i].number == i + 1 && strcmp(attempts[i].key, "b.B_9-") == 0);
        check(i == 0 ? attempts[i].since_before == -1
                     : attempts[i].since_before >= 0 && attempts[i].since_before < 60 * NS_PER_S);
        check(attempts[i].outcome.end == ATTEMPT_END_RUNNING && attempts[i].outcome.duration == -1);
    }
    check(count_of("b") == 0);
    static const char longest[] = "0123456789012345678901234567890123456789012345678901234567890123";
    check(begin(longest) == 1 && begin(longest) == 2 && count_of(longest) == 2);
}

static void test_falling_out(void)
{
    const struct outcome served = {.status = 200, .end = ATTEMPT_END_SERVED};
    open_new();
    check(begin("a") == 1);
    struct journal_entry first = latest;
    for (uint64_t i = 2; i <= LIMIT_ATTEMPTS + 1; i++)
        check(begin("a") == i);
    check(count_of("a") == LIMIT_ATTEMPTS);
    check(attempts[0].number == 2 && attempts[LIMIT_ATTEMPTS - 1].number == LIMIT_ATTEMPTS + 1);
    journal_end(&scoreboard, first, &served);
    journal_end(&scoreboard, (struct journal_entry){0, 0}, &served);
    (void)count_of(NULL);
    for (size_t i = 0; i < LIMIT_ATTEMPTS; i++)
        check(attempts[i].outcome.end == ATTEMPT_END_RUNNING);
}

/* A key with many attempts replaces its own, and makes room for other keys. */
static void test_many_of_one_key(void)
{
    open_new();
    check(begin("few") == 1 && begin("few") == 2);
    for (uint64_t i = 1; i <= 3 * LIMIT_ATTEMPTS; i++)
        check(begin("many") == i);
    check(count_of("few") == 2 && count_of("many") == LIMIT_ATTEMPTS - 2);
    check(attempts[0].number == 2 * LIMIT_ATTEMPTS + 3 && begin("new") == 1 && begin("few") == 3);
    check(count_of("new") == 1 && count_of("few") == 3 && count_of("many") == LIMIT_ATTEMPTS - 4);
    check(count_of(NULL) == LIMIT_ATTEMPTS && attempts[LIMIT_ATTEMPTS - 1].number == 3);
    for (size_t i = 1; i < LIMIT_ATTEMPTS; i++)
        check(attempts[i].ticket > attempts[i - 1].ticket);
}

static void test_outcomes(void)
{
    const struct outcome outcome = {12, 3, 4500000, 4400000, 200, ATTEMPT_END_CLIENT_RESET};
    open_new();
    (void)begin("a");
    struct journal_entry first = latest;
    (void)begin("a");
    journal_end(&scoreboard, first, &outcome);
    check(count_of("a") == 2 && attempts[1].outcome.end == ATTEMPT_END_RUNNING && attempts[1].outcome.status == 0);
    check(memcmp(&attempts[0].outcome, &outcome, sizeof outcome) == 0);
    /* as if a process died while it wrote the outcome */
    latest_entered()->outcome.bytes = 5;
    check(count_of("a") == 2 && attempts[1].outcome.bytes == 0);
}

static void test_closing_while_running(void)
{
    const struct outcome served = {.closed_after = 7, .end = ATTEMPT_END_SERVED};
    open_new();
    (void)begin("a");
    journal_note_close(&scoreboard, latest, 7);
    journal_note_close(&scoreboard, (struct journal_entry){latest.ticket + 1, latest.place}, 8);
    check(count_of("a") == 1 && attempts[0].outcome.closed_after == 7 && attempts[0].outcome.duration == -1);
    check(attempts[0].outcome.end == ATTEMPT_END_RUNNING);
    journal_end(&scoreboard, latest, &served);
    check(count_of("a") == 1 && attempts[0].outcome.closed_after == 7);
    latest_entered()->outcome.closed_after = -1; /* as if damaged */
    check(count_of("a") == 1 && attempts[0].outcome.closed_after == 0);
}

/* A process whose attempt made room for another one never changes that one's progress. */
static void test_progress(void)
{
    open_new();
    check(begin("a") == 1);
    struct progress old = progress_open(latest);
    progress_note(&scoreboard, &old, 100, 2);
    check(count_of("a") == 1 && attempts[0].outcome.bytes == 100 && attempts[0].outcome.events == 2);
    check(attempts[0].outcome.end == ATTEMPT_END_RUNNING && attempts[0].outcome.duration == -1);
    progress_note(&scoreboard, &old, UINT64_MAX, 3);
    check(count_of("a") == 1 && attempts[0].outcome.bytes == (UINT64_C(1) << 44) - 1 &&
          attempts[0].outcome.events == 3);
    check(journal_forget(&scoreboard, "a") && begin("b") == 1 && latest.place == old.entry.place);
    progress_note(&scoreboard, &old, 7, 7);
    check(count_of("b") == 1 && attempts[0].outcome.bytes == 0 && attempts[0].outcome.events == 0 && old.lost);
    struct progress now = progress_open(latest);
    progress_note(&scoreboard, &now, 5, 1);
    scoreboard.file->journal.progress[latest.place][0] = 12345; /* damage: neither shown nor written over */
    progress_note(&scoreboard, &now, 6, 1);
    check(count_of("b") == 1 && attempts[0].outcome.bytes == 0 && attempts[0].outcome.events == 1 && now.lost);
    struct progress none = progress_open((struct journal_entry){0, 0});
    progress_note(&scoreboard, &none, 5, 1);
    check(scoreboard.file->journal.progress[0][0] == 12345);
}

/* Methods of a key have counts of their own; of those that are not common, only the first ones. */
static void test_methods(void)
{
    static const char *const apart[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "QUERY", "REPORT", "a"};
    enum { APART = sizeof apart / sizeof *apart };
    open_new();
    for (uint64_t round = 1; round <= 3; round++)
        for (size_t i = 0; i < APART; i++)
            check(begin_with("a", apart[i]) == round && begin_with("b", apart[APART - 1 - i]) == round);
    check(begin_with("a", "ONE-MORE") == 1 && begin_with("a", "AND-ONE") == 2 && begin_with("a", "a") == 4);
    check(begin_with("a", "GET") == 4 && count_of("a") == 3 * APART + 4 && attempts[APART].since_before >= 0);
    check(attempts[3 * APART].since_before == -1 && attempts[3 * APART + 1].since_before >= 0);
    check(journal_forget(&scoreboard, "a") && begin_with("a", "GET") == 1 && begin_with("a", "REPORT") == 1);
    check(begin_with("b", "DELETE") == 4);
}

static void test_details(void)
{
    struct attempt attempt;
    open_new();
    attempt_start(&attempt, span_of("a"), span_of("POST"), span_of("/stream"));
    details_take_field(&details, &attempt, span_of("X-A"), span_of("1"));
    details_take_body(&details, &attempt, span_of("the body"), false);
    check(journal_begin(&scoreboard, &attempt, &details, true, &latest));
    memset(&details, 0, sizeof details);
    check(count_of("a") == 1);
    check_bytes(details_body(&details, &attempts[0]), span_of("the body"));
    latest_entered()->fields_size = LIMIT_DETAILS; /* damage */
    check(count_of("a") == 1 && details_size(&attempts[0]) == 0);
}

static void test_forgetting(void)
{
    const struct outcome served = {.end = ATTEMPT_END_SERVED};
    open_new();
    for (int i = 0; i < 5; i++)
        check(begin("a") != 0 && begin("b") != 0);
    (void)begin("a");
    check(journal_forget(&scoreboard, "a") && journal_forget(&scoreboard, "nobody"));
    check(count_of("a") == 0 && count_of("b") == 5 && count_of(NULL) == 5);
    journal_end(&scoreboard, latest, &served);
    check(count_of("a") == 0);
    check(begin("a") == 1 && begin("b") == 6);
    check(count_of("a") == 1 && attempts[0].since_before == -1);
}

static const char *key_number(unsigned number)
{
    static char key[LIMIT_KEY];
    (void)snprintf(key, sizeof key, "key-%u", number);
    return key;
}

static void test_keys_falling_out(void)
{
    open_new();
    for (unsigned i = 0; i < LIMIT_KEYS; i++)
        check(begin(key_number(i)) == 1);
    check(begin(key_number(0)) == 2 && begin("one more") == 1); /* replaces key-1 */
    check(begin(key_number(0)) == 3 && begin(key_number(2)) == 2 && begin("one more") == 2);
    check(begin(key_number(1)) == 1); /* replaces key-3 */
    check(begin(key_number(4)) == 2 && begin(key_number(LIMIT_KEYS - 1)) == 2 && begin(key_number(3)) == 1);
    check(journal_forget(&scoreboard, key_number(0)) && begin("another") == 1 && begin(key_number(6)) == 2);
}

/* When the journal is full of keys with one attempt each, a new key's attempts replace the oldest of all. */
static void test_few_of_many_keys(void)
{
    open_new();
    for (unsigned i = 0; i < LIMIT_ATTEMPTS; i++)
        check(begin(key_number(i)) == 1);
    for (uint64_t i = 1; i <= LIMIT_FAIR_ATTEMPTS; i++)
        check(begin("new") == i);
    check(count_of("new") == LIMIT_FAIR_ATTEMPTS);
    check(count_of(key_number(LIMIT_FAIR_ATTEMPTS - 1)) == 0 && count_of(key_number(LIMIT_FAIR_ATTEMPTS)) == 1);
    for (uint64_t i = 1; i <= LIMIT_ATTEMPTS; i++)
        check(begin("new") == LIMIT_FAIR_ATTEMPTS + i);
    check(count_of("new") <= LIMIT_FAIR_ATTEMPTS + 1 && count_of(key_number(LIMIT_FAIR_ATTEMPTS + 1)) == 1);
}

static void test_no_file(void)
{
    size_t count;
    const struct outcome served = {.end = ATTEMPT_END_SERVED};
    scoreboard_none(&scoreboard, "for this reason");
    check(begin("a") == 0 && !journal_forget(&scoreboard, "a") && !read_all(NULL, &count));
    check(strcmp(scoreboard.why, "for this reason") == 0);
    journal_end(&scoreboard, (struct journal_entry){1, 0}, &served);
    open_new();
    memset(place, 0, 4096);
    check(begin("a") == 1 && scoreboard_is_damaged(&scoreboard)); /* the header is repaired */
}

/* A process is stopped while it holds the lock, then killed. */
static void test_lock(void)
{
    open_new();
    check(begin("a") == 1);
    pid_t holder = fork();
    if (holder == 0) {
        (void)(lock_take(&scoreboard) && raise(SIGSTOP));
        _exit(1);
    }
    int status = 0;
    check(waitpid(holder, &status, WUNTRACED) == holder && WIFSTOPPED(status));
    int64_t before = clock_monotonic();
    check(begin("a") == 0);
    int64_t waited = clock_monotonic() - before;
    check(waited >= LIMIT_JOURNAL_MS * NS_PER_MS && waited < 5 * LIMIT_JOURNAL_MS * NS_PER_MS);
    check(strcmp(scoreboard.why, "the journal of the shared file is locked by another process") == 0);
    check(kill(holder, SIGKILL) == 0 && waitpid(holder, &status, 0) == holder);
    check(begin("a") == 2 && count_of("a") == 2);
}

static uint64_t random_state = 88172645463325252;

static uint64_t any(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

static void scribble(void *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((char *)at)[i] = (char)(any() >> 32);
}

/* Writes random bytes, some of them nearly an attempt, into a place with a ticket. */
static void spoil_attempt(struct journal *journal)
{
    size_t spoilt = any() % 4;
    struct attempt *attempt = &journal->attempts[spoilt];
    scribble(attempt, sizeof *attempt);
    scribble(&journal->details[spoilt], 1000);
    scribble(journal->progress[spoilt], 16);
    if (any() % 2 == 0) {
        attempt->fields_size = (uint16_t)(any() % 2000);
        attempt->body_kept = (uint16_t)(any() % 2000);
        attempt->target_size = (uint16_t)(any() % 2000);
        memcpy(attempt->key, "a", 2);
        attempt->outcome.end = (enum attempt_end)(any() % 8);
    }
    journal->tickets[spoilt] = any() % 16 == 0 ? any() : journal->last - any() % 4;
    journal->owners[spoilt] = (uint16_t)any();
}

static void damage(struct journal *journal)
{
    const size_t sizes[] = {8, 16, 100, 1024, 5000};
    size_t size = sizes[any() % 5];
    switch (any() % 5) {
    case 0:
        scribble(journal, 8); /* the lock */
        break;
    case 1:
        journal->last = any() % 3 == 0 ? UINT64_MAX - any() % 3 : any() % 2000;
        break;
    case 2:
        scribble(&journal->keys[journal->owners[any() % 3] % LIMIT_KEYS], sizeof *journal->keys);
        break;
    case 3:
        scribble((char *)journal + any() % (sizeof *journal - size), size);
        break;
    default:
        spoil_attempt(journal);
    }
}

/* The number of bytes that follow the first one in a UTF-8 character; -1: not a first byte. */
static int following(unsigned char byte)
{
    if (byte < 0x80)
        return 0;
    return byte >= 0xc2 && byte <= 0xdf ? 1 : (byte & 0xf0) == 0xe0 ? 2 : byte >= 0xf0 && byte <= 0xf4 ? 3 : -1;
}

/* One object: printable, quotes and braces paired. tests/journal.bats checks the grammar with jq. */
static bool is_object(struct span json)
{
    int depth = 0, left = 0;
    bool quoted = false;
    for (size_t i = 0; i < json.length; i++) {
        unsigned char byte = (unsigned char)json.at[i];
        if (left > 0 ? (byte & 0xc0) != 0x80 : (left = following(byte)) < 0 || byte < ' ')
            return false;
        if (left > 0)
            left -= (byte & 0xc0) == 0x80;
        if (quoted && byte == '\\')
            i++;
        else if (byte == '"')
            quoted = !quoted;
        else if (!quoted)
            depth += (byte == '{') - (byte == '}');
        if (depth <= 0 && i + 1 < json.length)
            return false;
    }
    return depth == 0 && left == 0 && !quoted && json.length > 0;
}

/* Of the attempts that were read last. */
static void check_rendering(void)
{
    static char room[RECORD_ROOM];
    struct attempt attempt;
    for (size_t i = 0; i < listed; i++) {
        struct text text = text_in(room, sizeof room);
        if (!journal_copy(&scoreboard, &entries[i], NULL, &attempt, &details))
            continue;
        record_json(&text, &attempt, &details);
        check(!text.truncated && is_object(text_written(&text)));
    }
}

static void test_damage(void)
{
    const struct outcome served = {.bytes = 7, .end = ATTEMPT_END_SERVED};
    open_new();
    struct journal *journal = &scoreboard.file->journal;
    for (int round = 0; round < 10000; round++) {
        for (uint64_t i = any() % 4; i > 0; i--)
            damage(journal);
        uint64_t number = begin("a");
        struct journal_entry ours = latest;
        check(number != 0);
        damage(journal);
        size_t count = count_of(any() % 2 == 0 ? NULL : "a");
        check(count <= LIMIT_ATTEMPTS);
        check_rendering();
        if (any() % 2 == 0)
            ours = (struct journal_entry){any(), (uint32_t)any()};
        journal_end(&scoreboard, ours, &served);
        number = begin("b");
        count = count_of(NULL); /* an attempt after the damage is entered */
        check(count > 0 && strcmp(attempts[count - 1].key, "b") == 0 && attempts[count - 1].number == number);
        if (any() % 8 == 0)
            check(journal_forget(&scoreboard, "a"));
    }
}

void test_journal(void)
{
    test_order();
    test_falling_out();
    test_many_of_one_key();
    test_outcomes();
    test_closing_while_running();
    test_progress();
    test_methods();
    test_details();
    test_forgetting();
    test_keys_falling_out();
    test_few_of_many_keys();
    test_no_file();
    test_lock();
    test_damage();
}
