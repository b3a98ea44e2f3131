/*
 * Processes that write the journal of the shared file while others write, die or damage it.
 *
 * writers count FILE COUNT  COUNT processes begin and end attempts under a few keys, while we read. Each number from 1
 *                           to the last must be given exactly once, and each entry must be complete.
 * writers kill FILE COUNT   The same, while a random third of them gets SIGKILL. No number may be given twice.
 * writers step FILE         Kills processes after a random number of instructions. The next process must find the
 *                           journal intact, without waiting. Exit 77: this process may not trace others.
 * writers bear FILE         Begins, ends and reads attempts while a process writes random bytes over the journal.
 *                           Prints the JSON of the entries, one per line.
 * writers cut FILE          Uses files that are cut short at different sizes. Each call must return.
 *
 * Exit 1 and a reason: a check failed. Exit 2: the system refused something that the test needs.
 */
#include "tool.h"

#include "base/clock.h"
#include "base/wait.h"
#include "scoreboard/file.h"
#include "scoreboard/journal.h"
#include "scoreboard/journal_list.h"
#include "scoreboard/progress.h"
#include "scoreboard/record.h"
#include "scoreboard/scoreboard.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the shared file is mapped. */
static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum {
    MOST = 4000,
    KEYS = 7,
    TRIES = 10,        /* to begin an attempt: in a crowd the lock may stay taken for longer than one waits */
    DETAILED = 8,      /* one writer in so many has fields and a body */
    ROUNDS = 5,        /* attempts of each survivor */
    NUMBERS = 1 << 18, /* per key, at most */
    PATIENCE_S = 120,  /* for all processes */
    BEAR_ROUNDS = 20000,
    BEAR_ENTRIES = 200,
    BEAR_MOST = 50 * BEAR_ROUNDS,
    STEP_S = 3,
    UNTRACEABLE = 77,
};

/* Shared by the processes, apart from the file. */
static struct shared {
    atomic_size_t begun, done;
    atomic_bool twice, failed;
    atomic_uchar given[KEYS][NUMBERS];
} * shared;

static struct writer {
    pid_t process;
    bool dies;
} writers[MOST];

static size_t crowd;
static int gate[2]; /* a pipe: all begin when its last writer closes it */
static struct scoreboard scoreboard;
static struct journal_entry entries[LIMIT_ATTEMPTS];

static void open_or_fail(const char *path)
{
    if (!scoreboard_open(&scoreboard, path, place))
        fault("cannot open", scoreboard.why);
}

/* Attempt `round` of a writer. Its content follows from these numbers, so that a reader can check it. */
static void make_attempt(struct attempt *attempt, struct details *details, size_t writer, size_t round)
{
    char key[LIMIT_KEY], target[64], agent[101] = "";
    (void)snprintf(key, sizeof key, "key-%zu", writer % KEYS);
    (void)snprintf(target, sizeof target, "/stream?writer=%zu&round=%zu", writer, round);
    memset(agent, 'a' + (int)((writer + round) % 26), sizeof agent - 1);
    attempt_start(attempt, span_of(key), span_of("GET"), span_of(target));
    attempt_take_field(attempt, ATTEMPT_FIELD_USER_AGENT, span_of(agent));
    attempt->arrived = (int64_t)(writer * 1000 + round);
    attempt->body_size = round;
    attempt->body_crc32 = (uint32_t)writer;
    if (writer % DETAILED != 0)
        return;
    details_take_field(details, attempt, span_of("X-Target"), span_of(target));
    details_take_body(details, attempt, (struct span){agent, (writer + round) % sizeof agent}, false);
}

static struct outcome make_outcome(size_t writer, size_t round)
{
    return (struct outcome){writer * 1000 + round, round, (int64_t)writer, 0, 200, ATTEMPT_END_CLIENT_CLOSED};
}

static void note(size_t key, uint64_t number)
{
    if (number == 0 || number >= NUMBERS)
        fault("number out of range", "0 or too large");
    if (atomic_fetch_add(&shared->given[key][number], 1) != 0)
        atomic_store(&shared->twice, true);
}

static void attempt_once(size_t writer, size_t round)
{
    struct attempt attempt;
    struct details details;
    struct journal_entry entry;
    make_attempt(&attempt, &details, writer, round);
    for (int tries = 1; !journal_begin(&scoreboard, &attempt, &details, true, &entry); tries++)
        if (tries == TRIES) {
            atomic_store(&shared->failed, true);
            fault("cannot begin", scoreboard.why);
        }
    note(writer % KEYS, attempt.number);
    struct progress progress = progress_open(entry);
    progress_note(&scoreboard, &progress, writer + 1, round + 1);
    struct outcome outcome = make_outcome(writer, round);
    journal_end(&scoreboard, entry, &outcome);
}

/* One of the crowd: makes ROUNDS attempts, or goes on until it is killed. */
static _Noreturn void write_for_ever(const char *path, size_t number, bool dies)
{
    char byte;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* end with the test */
    srand((unsigned)number);
    open_or_fail(path);
    (void)close(gate[1]);
    (void)!read(gate[0], &byte, 1);
    for (size_t round = 0; round < ROUNDS || dies; round++) {
        attempt_once(number, round);
        if (round % ROUNDS == ROUNDS - 1) /* leave time to the others */
            wait_until(clock_monotonic() + (200 + rand() % 400) * NS_PER_MS);
        if (round == 0)
            atomic_fetch_add(&shared->begun, 1);
    }
    atomic_fetch_add(&shared->done, 1);
    _exit(0);
}

static void start_crowd(const char *path, bool some_die)
{
    if (pipe(gate) != 0)
        give_up("pipe");
    for (size_t i = 0; i < crowd; i++) {
        bool dies = some_die && rand() % 3 == 0;
        pid_t process = fork();
        if (process == 0)
            write_for_ever(path, i, dies);
        if (process < 0)
            give_up("fork");
        writers[i] = (struct writer){.process = process, .dies = dies};
    }
    (void)close(gate[1]);
}

/* The progress of a running attempt is that of its own process, or none yet. */
static bool is_own_progress(const struct outcome *outcome, size_t writer, size_t round)
{
    return (outcome->bytes == 0 || outcome->bytes == writer + 1) &&
           (outcome->events == 0 || outcome->events == round + 1);
}

/* True if the entry is what a writer wrote, with its outcome or none. */
static bool is_as_made(const struct attempt *got, const struct details *got_details)
{
    static struct details details;
    struct attempt made;
    size_t writer, round;
    if (sscanf(got->target, "/stream?writer=%zu&round=%zu", &writer, &round) != 2)
        return false;
    make_attempt(&made, &details, writer, round);
    made.ticket = got->ticket;
    made.number = got->number;
    made.since_before = got->since_before;
    if (got->outcome.end != ATTEMPT_END_RUNNING) {
        made.outcome = make_outcome(writer, round);
    } else {
        if (!is_own_progress(&got->outcome, writer, round))
            return false;
        made.outcome.bytes = got->outcome.bytes;
        made.outcome.events = got->outcome.events;
    }
    return memcmp(&made, got, sizeof made) == 0 && memcmp(&details, got_details, details_size(&made)) == 0;
}

/* Every entry is complete, and the numbers of each key grow. */
static void check_journal(void)
{
    static struct attempt attempt;
    static struct details details;
    uint64_t last[KEYS] = {0};
    size_t count;
    if (!journal_list_take(&scoreboard, entries, &count))
        fault("cannot read", scoreboard.why);
    for (size_t i = 0; i < count; i++) {
        if (!journal_list_copy(&scoreboard, &entries[i], NULL, &attempt, &details))
            continue;
        if (!is_as_made(&attempt, &details))
            fault("entry is not as written", attempt.target);
        size_t key = (size_t)atoi(attempt.key + 4);
        if (attempt.number <= last[key])
            fault("numbers do not grow", attempt.key);
        if (attempt.since_before < 0 && attempt.number > 1)
            fault("time since the previous attempt is missing", attempt.key);
        last[key] = attempt.number;
    }
}

static void wait_for_all(atomic_size_t *count, size_t least, const char *what)
{
    for (time_t end = time(NULL) + PATIENCE_S; atomic_load(count) < least; wait_until(clock_monotonic() + NS_PER_MS)) {
        check_journal();
        if (atomic_load(&shared->failed))
            fault("a writer", "failed");
        if (time(NULL) > end)
            fault("timed out: not all processes have", what);
    }
}

static void reap(size_t i)
{
    int status = 0;
    if (waitpid(writers[i].process, &status, 0) < 0)
        give_up("waitpid");
    if (writers[i].dies ? !WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL : status != 0)
        fault("unexpected end of a process", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "with an exit code");
}

static size_t kill_those_who_die(void)
{
    size_t killed = 0;
    for (size_t i = 0; i < crowd; i++) {
        if (!writers[i].dies)
            continue;
        if (kill(writers[i].process, SIGKILL) != 0)
            give_up("kill");
        reap(i);
        killed++;
        if (killed % 50 == 0)
            check_journal();
    }
    return killed;
}

/* Counts the numbers of a key below the largest that no process got. Sets *last to the largest. */
static size_t count_gaps(size_t key, uint64_t *last)
{
    size_t gaps = 0;
    *last = 0;
    for (uint64_t number = NUMBERS - 1; number > 0; number--) {
        bool given = atomic_load(&shared->given[key][number]) != 0;
        if (given && *last == 0)
            *last = number;
        gaps += *last != 0 && !given;
    }
    return gaps;
}

/* Each killed process leaves one gap at most. */
static void check_numbers(size_t killed)
{
    size_t gaps = 0, given = 0;
    if (atomic_load(&shared->twice))
        fault("number given", "twice");
    for (size_t key = 0; key < KEYS; key++) {
        struct attempt attempt;
        struct details details;
        uint64_t last;
        struct journal_entry entry;
        gaps += count_gaps(key, &last);
        given += last;
        make_attempt(&attempt, &details, key, 0);
        if (!journal_begin(&scoreboard, &attempt, &details, true, &entry))
            fault("cannot begin", scoreboard.why);
        if (attempt.number <= last || attempt.number > last + 1 + killed)
            fault("wrong number after the last", attempt.key);
    }
    if (gaps > killed || (killed == 0 && given != crowd * ROUNDS))
        fault("numbers", gaps > killed ? "skipped" : "missing");
    printf("%zu numbers given, %zu skipped\n", given - gaps, gaps);
}

static void write_all(const char *path, bool some_die)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        give_up("mmap");
    open_or_fail(path);
    start_crowd(path, some_die);
    wait_for_all(&shared->begun, crowd / 3, "begun an attempt");
    size_t killed = kill_those_who_die();
    wait_for_all(&shared->done, crowd - killed, "ended theirs");
    for (size_t i = 0; i < crowd; i++)
        if (!writers[i].dies)
            reap(i);
    check_journal();
    check_numbers(killed);
    printf("%zu killed, %zu survived\n", killed, crowd - killed);
}

/* Lets a process make an attempt and kills it after `steps` instructions. Returns how many it executed. */
static long step_through(long steps)
{
    int status;
    pid_t process = fork();
    if (process == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
            _exit(UNTRACEABLE);
        (void)raise(SIGSTOP);
        struct attempt attempt;
        struct details details;
        struct journal_entry entry;
        struct outcome outcome = make_outcome(1, 2);
        make_attempt(&attempt, &details, 1, 2);
        (void)raise(SIGSTOP);
        if (journal_begin(&scoreboard, &attempt, &details, true, &entry)) {
            struct progress progress = progress_open(entry);
            progress_note(&scoreboard, &progress, 2, 3);
            journal_end(&scoreboard, entry, &outcome);
        }
        _exit(0);
    }
    if (process < 0 || waitpid(process, &status, 0) < 0)
        give_up("fork");
    if (WIFSTOPPED(status) && (ptrace(PTRACE_CONT, process, NULL, NULL) != 0 || waitpid(process, &status, 0) < 0))
        give_up("ptrace");
    long made = 0;
    for (; made < steps && WIFSTOPPED(status); made++)
        if (ptrace(PTRACE_SINGLESTEP, process, NULL, NULL) != 0 || waitpid(process, &status, 0) < 0)
            give_up("ptrace");
    bool stepped = WIFSTOPPED(status);
    if (stepped && (kill(process, SIGKILL) != 0 || waitpid(process, &status, 0) < 0))
        give_up("kill");
    if (!stepped && WEXITSTATUS(status) == UNTRACEABLE)
        exit(UNTRACEABLE);
    return made;
}

/* Makes an attempt after another process died during its own. */
static uint64_t begin_after(uint64_t before)
{
    struct attempt attempt;
    struct details details;
    struct journal_entry entry;
    make_attempt(&attempt, &details, 1, 1);
    int64_t began = clock_monotonic();
    if (!journal_begin(&scoreboard, &attempt, &details, true, &entry))
        fault("cannot begin", scoreboard.why);
    if (clock_monotonic() - began > LIMIT_JOURNAL_MS * NS_PER_MS / 2)
        fault("the journal stays locked", "after its holder died");
    if (attempt.number <= before || attempt.number > before + 2)
        fault("wrong number after the last", attempt.key);
    check_journal();
    return attempt.number;
}

static void step(const char *path)
{
    open_or_fail(path);
    uint64_t number = begin_after(0);
    long most = step_through(LONG_MAX), killed = 0;
    number = begin_after(number);
    for (time_t end = time(NULL) + STEP_S; time(NULL) < end; killed++) {
        (void)step_through(1 + rand() % most);
        number = begin_after(number);
    }
    printf("%ld killed within %ld instructions\n", killed, most);
}

/* Writes random bytes over the journal, often inside a valid entry. */
static _Noreturn void scribble_for_ever(void)
{
    struct journal *journal = &scoreboard.file->journal;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) {
        uint64_t ticket = atomic_load(&journal->last) - (uint64_t)(rand() % 3);
        volatile char *at = (volatile char *)journal + (size_t)rand() % (sizeof *journal - 256);
        if (rand() % 2 == 0)
            at = (volatile char *)&journal->attempts[ticket % LIMIT_ATTEMPTS] + rand() % 1024;
        if (rand() % 8 == 0)
            at = (volatile char *)&journal->details[ticket % LIMIT_ATTEMPTS] + rand() % 300;
        for (int i = 0; i < 256; i++)
            at[i] = (char)rand();
        if (rand() % 100 == 0)
            atomic_store(&journal->lock, (uint64_t)rand());
    }
}

/* Returns how many entries it printed. */
static size_t print_journal(void)
{
    static char room[RECORD_ROOM];
    struct attempt attempt;
    struct details details;
    size_t count, printed = 0;
    if (!journal_list_take(&scoreboard, entries, &count))
        fault("cannot read", scoreboard.why);
    for (size_t i = 0; i < count && i < 20; i++) {
        struct text text = text_in(room, sizeof room);
        if (!journal_list_copy(&scoreboard, &entries[i], NULL, &attempt, &details))
            continue;
        record_json(&text, &attempt, &details);
        text_string(&text, "\n");
        (void)fwrite(text.at, 1, text.length, stdout);
        printed++;
    }
    return printed;
}

static void bear(const char *path)
{
    open_or_fail(path);
    pid_t process = fork();
    if (process == 0)
        scribble_for_ever();
    if (process < 0)
        give_up("fork");
    size_t printed = 0; /* the slower this process is, the fewer entries are whole when it reads */
    for (size_t round = 0; round < BEAR_ROUNDS || (printed < BEAR_ENTRIES && round < BEAR_MOST); round++) {
        struct attempt attempt;
        struct details details;
        struct journal_entry entry;
        struct outcome outcome = make_outcome(1, round);
        make_attempt(&attempt, &details, 1, round);
        if (!journal_begin(&scoreboard, &attempt, &details, true, &entry))
            fault("cannot begin", scoreboard.why);
        journal_end(&scoreboard, entry, &outcome);
        if (round % 100 == 0)
            printed += print_journal();
        if (round % 100 == 0 && !journal_forget(&scoreboard, "key-1"))
            fault("cannot forget", scoreboard.why);
    }
    (void)kill(process, SIGKILL);
    (void)waitpid(process, NULL, 0);
}

static void bus_error(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)context;
    if (!scoreboard_recover(&scoreboard, info->si_addr))
        _exit(1);
}

static void use_cut(const char *path, off_t size)
{
    struct attempt attempt;
    struct details details;
    struct outcome outcome = make_outcome(1, 1);
    struct journal_entry entry;
    size_t count;
    (void)unlink(path);
    scoreboard.lost = scoreboard.cuts = 0;
    open_or_fail(path);
    make_attempt(&attempt, &details, 1, 1);
    if (!journal_begin(&scoreboard, &attempt, &details, true, &entry) || truncate(path, size) != 0)
        fault("cannot begin", scoreboard.why);
    journal_end(&scoreboard, entry, &outcome);
    (void)journal_begin(&scoreboard, &attempt, &details, true, &entry);
    if (!journal_list_take(&scoreboard, entries, &count) || scoreboard.lost != 0)
        fault("cannot read a file that was cut short", scoreboard.why);
    for (size_t i = 0; i < count; i++)
        (void)journal_list_copy(&scoreboard, &entries[i], NULL, &attempt, &details);
    if (!journal_forget(&scoreboard, "key-1") || !journal_begin(&scoreboard, &attempt, &details, true, &entry))
        fault("cannot use a file that was cut short", scoreboard.why);
    (void)close(scoreboard.fd);
}

static void cut(const char *path)
{
    const struct sigaction recover = {.sa_sigaction = bus_error, .sa_flags = SA_SIGINFO};
    (void)sigaction(SIGBUS, &recover, NULL);
    const off_t arrays = offsetof(struct scoreboard_file, journal),
                keys = offsetof(struct scoreboard_file, journal.keys);
    for (off_t size = 0; size <= SCOREBOARD_SIZE - 4096; size += size >= arrays && size < keys ? 4096 : arrays / 10)
        use_cut(path, size);
}

int main(int argc, char **argv)
{
    unsigned seed = (unsigned)time(NULL);
    const char *how = argc > 2 ? argv[1] : "";
    srand(seed);
    fprintf(stderr, "seed %u\n", seed);
    if (argc == 4) {
        crowd = strtoul(argv[3], NULL, 10) < MOST ? strtoul(argv[3], NULL, 10) : MOST;
        write_all(argv[2], strcmp(how, "kill") == 0);
    } else if (strcmp(how, "step") == 0)
        step(argv[2]);
    else if (strcmp(how, "bear") == 0)
        bear(argv[2]);
    else if (strcmp(how, "cut") == 0)
        cut(argv[2]);
    else
        return 2;
    return 0;
}
