/*
 * Another user of the shared file, well-behaved or hostile.
 *
 * neighbour claim FILE COUNT   COUNT processes claim and leave slots in a loop, with the program's own code, while a
 *                              random third of them gets SIGKILL. Then each slot must be free, dead or held by a living
 *                              process, /status must list each living process once, and all slots can be claimed.
 * neighbour fill FILE COUNT    Claims COUNT slots, says so, and keeps them until it is killed.
 * neighbour cut FILE           Cuts the file short and restores it, until it is killed.
 * neighbour scribble FILE      Writes random bytes all over the file, until it is killed.
 *
 * Exit 1 and a reason: a check failed. Exit 2: the system refused something that the test needs.
 */
#include "tool.h"

#include "scoreboard/file.h"
#include "scoreboard/scoreboard.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where the shared file is mapped. */
static _Alignas(4096) char place[SCOREBOARD_SIZE];

enum {
    MOST = 4000,
    ROUNDS = 50,      /* claims of each survivor */
    PATIENCE_S = 120, /* for all processes */
};

/* Shared by the processes, apart from the file. */
static struct shared {
    atomic_size_t claiming; /* processes that have had a slot */
    atomic_size_t settled;  /* survivors that keep theirs */
} * shared;

static struct neighbour {
    pid_t process;
    bool dies, listed;
} neighbours[MOST];

static size_t crowd;
static int gate[2]; /* a pipe: all begin when its last writer closes it */
static struct scoreboard scoreboard;
static struct client clients[LIMIT_CLIENTS];

static void open_or_fail(const char *path)
{
    if (!scoreboard_open(&scoreboard, path, place))
        fault("cannot open", scoreboard.why);
}

static int claim_or_fail(const struct client *client)
{
    int slot = scoreboard_claim(&scoreboard, client);
    if (slot < 0)
        fault("no slot", client->peer);
    return slot;
}

/* One of the crowd: claims and leaves ROUNDS times and keeps its last slot, or goes on until it is killed. */
static _Noreturn void claim_for_ever(const char *path, size_t number, bool dies)
{
    struct client client = {.position = number};
    (void)snprintf(client.peer, sizeof client.peer, "neighbour-%zu", number);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* end with the test */
    (void)!nice(10);                        /* the killer runs first */
    open_or_fail(path);
    (void)close(gate[1]);
    (void)!read(gate[0], &client.peer[LIMIT_PEER - 1], 1);
    for (int round = 0; round < ROUNDS || dies; round++) {
        int slot = claim_or_fail(&client);
        if (round == 0)
            atomic_fetch_add(&shared->claiming, 1);
        scoreboard_move(&scoreboard, slot, number);
        scoreboard_leave(&scoreboard, slot);
    }
    (void)claim_or_fail(&client);
    atomic_fetch_add(&shared->settled, 1);
    for (;;)
        (void)pause();
}

static void start_crowd(const char *path)
{
    if (pipe(gate) != 0)
        give_up("pipe");
    for (size_t i = 0; i < crowd; i++) {
        bool dies = rand() % 3 == 0;
        pid_t process = fork();
        if (process == 0)
            claim_for_ever(path, i, dies);
        if (process < 0)
            give_up("fork");
        neighbours[i] = (struct neighbour){.process = process, .dies = dies};
    }
    (void)close(gate[1]);
}

/* Kills the processes with this value of `dies`: signals all, then waits for all. Returns how many. */
static size_t kill_those_who(bool die)
{
    size_t killed = 0;
    for (size_t i = 0; i < crowd; i++)
        if (neighbours[i].dies == die && kill(neighbours[i].process, SIGKILL) != 0)
            give_up("kill");
    for (size_t i = 0; i < crowd; i++) {
        int status = 0;
        if (neighbours[i].dies != die)
            continue;
        if (waitpid(neighbours[i].process, &status, 0) < 0)
            give_up("waitpid");
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGKILL)
            fault("unexpected end of a process",
                  WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "with an exit code");
        killed++;
    }
    return killed;
}

static void wait_for(atomic_size_t *count, size_t least, const char *what)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    for (time_t end = time(NULL) + PATIENCE_S; atomic_load(count) < least; (void)nanosleep(&pause, NULL))
        if (time(NULL) > end)
            fault("timed out: not all processes have", what);
}

/* The owner word is the process's number. */
static bool is_alive(uint32_t owner)
{
    for (size_t i = 0; i < crowd; i++)
        if (!neighbours[i].dies && (uint32_t)neighbours[i].process == owner)
            return true;
    return false;
}

static void check_list(size_t living)
{
    size_t count = 0;
    if (!scoreboard_read(&scoreboard, clients, &count))
        fault("the list cannot be read", scoreboard.why);
    for (size_t i = 0; i < count; i++) {
        size_t number = MOST;
        if (sscanf(clients[i].peer, "neighbour-%zu", &number) != 1 || number >= crowd ||
            clients[i].position != number || neighbours[number].dies)
            fault("lists a client that is not there", clients[i].peer);
        if (neighbours[number].listed)
            fault("lists a client twice", clients[i].peer);
        neighbours[number].listed = true;
    }
    if (count != living)
        fault("the list is incomplete", "living processes are missing");
}

static void check_slots(size_t living)
{
    size_t held = 0;
    for (size_t i = 0; i < LIMIT_CLIENTS; i++) {
        uint32_t owner = atomic_load(&scoreboard.file->slots[i].owner);
        if (owner == 0 || (owner & FUTEX_OWNER_DIED) != 0)
            continue;
        if (!is_alive(owner))
            fault("a slot is lost", "no living process holds it");
        held++;
    }
    if (held != living)
        fault("slots and processes", "differ in number");
}

/* One process claims many slots; the scoreboard cannot tell it from many. The peers are in no order. */
static _Noreturn void fill(const char *path, size_t count)
{
    open_or_fail(path);
    for (size_t i = 0; i < count; i++) {
        struct client client = {.connected_at = 1708135969000000000 + (int64_t)i * 1234567, .position = i * 7};
        size_t mixed = i * 7919 % count; /* a prime: each number once */
        (void)snprintf(client.peer, sizeof client.peer, "127.0.%zu.1:%zu", mixed % 8, 10000 + mixed);
        (void)claim_or_fail(&client);
    }
    printf("filled %zu slots\n", count);
    (void)fflush(stdout);
    for (;;)
        (void)pause();
}

/* The same for all slots. */
static void check_all_slots_can_be_claimed(void)
{
    const struct client client = {.peer = "everybody"};
    static int slots[LIMIT_CLIENTS];
    for (size_t i = 0; i < LIMIT_CLIENTS; i++)
        slots[i] = claim_or_fail(&client);
    if (scoreboard_claim(&scoreboard, &client) != SLOT_NONE)
        fault("more claims succeed", "than there are slots");
    for (size_t i = 0; i < LIMIT_CLIENTS; i++)
        scoreboard_leave(&scoreboard, slots[i]);
    check_slots(0);
}

static void claim(const char *path)
{
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        give_up("mmap");
    open_or_fail(path);
    start_crowd(path);
    wait_for(&shared->claiming, crowd / 3, "had a slot");
    size_t killed = kill_those_who(true);
    size_t living = crowd - killed;
    wait_for(&shared->settled, living, "their last slot");
    check_list(living);
    check_slots(living);
    (void)kill_those_who(false);
    check_all_slots_can_be_claimed();
    printf("%zu killed while claiming, %zu survived, all slots are free\n", killed, living);
}

/* Opens the file each time: another file may have its name now. */
static void spoil(const char *path, bool cut)
{
    static char whole[sizeof(struct scoreboard_file)], part[4096];
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return;
    if (cut) {
        ssize_t length = pread(fd, whole, sizeof whole, 0);
        bool cut_whole = length == (ssize_t)sizeof whole && ftruncate(fd, 0) == 0;
        (void)!(cut_whole && ftruncate(fd, length) == 0 && pwrite(fd, whole, sizeof(struct scoreboard_header), 0));
    }
    for (int i = 0; i < 256 && !cut; i++) {
        for (size_t byte = 0; byte < sizeof part; byte++)
            part[byte] = (char)rand();
        (void)!pwrite(fd, part, sizeof part,
                      i == 0 ? 0 : rand() % (off_t)(sizeof(struct scoreboard_file) - sizeof part));
    }
    (void)close(fd);
}

int main(int argc, char **argv)
{
    unsigned seed = (unsigned)time(NULL);
    srand(seed);
    printf("seed %u\n", seed);
    (void)fflush(stdout); /* the test waits for it, and no child prints it again */
    if (argc == 4 && strcmp(argv[1], "claim") == 0) {
        crowd = strtoul(argv[3], NULL, 10) < MOST ? strtoul(argv[3], NULL, 10) : MOST;
        claim(argv[2]);
        return 0;
    }
    if (argc == 4 && strcmp(argv[1], "fill") == 0)
        fill(argv[2], strtoul(argv[3], NULL, 10));
    if (argc != 3)
        return 2;
    for (;;)
        spoil(argv[2], strcmp(argv[1], "cut") == 0);
}
