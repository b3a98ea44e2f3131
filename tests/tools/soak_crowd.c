/*
 * The soak: many clients for a long time, while processes are killed, connections cut and clients stall.
 *
 *   soak_crowd PORT CLIENTS SECONDS SERVER FILE
 *
 * Keeps CLIENTS streams open, from 127.0.0.1 to 127.0.0.32, to 127.0.0.1 at PORT. SERVER is the process id of the
 * listener, whose children are killed with SIGKILL. FILE is the shared file, which is damaged from time to time. A new
 * client replaces each one whose stream has ended. Half of the
 * new clients resume the old stream. One in ten asks for a count.
 *
 * Checks every byte of every stream, and /status as soak_status.c says. Prints the figures, one "name<TAB>value" per
 * line. Exit 1 if the server was wrong (the first errors are printed), 2 if a system call failed.
 */
#include "soak.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/resource.h>

enum {
    CHECK_MS = 500,
    TURN_MS = 10,
    COMES_IN_A_TURN = 20,
    /* How many per second, in thousandths of the crowd. */
    KILLS = 2,
    RESETS = 5,
    CLOSES = 5,
    STALLS = 10,
    STALL_MS = 4000,
    /* Damage to the shared file: when first, how often, at how many places, and how many random bytes at each. */
    DAMAGE_FIRST_MS = 1000,
    DAMAGE_EVERY_MS = 20000,
    DAMAGED_PLACES = 4,
    DAMAGE_BYTES = 64,
    SLOT_BYTES = 128,
    PAGE = 4096,
    TOLD_MOST = 10,
};

struct client clients[MOST];
size_t crowd;
struct figures figures;
uint16_t server_port;
static int epoll;

void wrong(unsigned long *count, const struct client *client, const char *what)
{
    if (++*count > TOLD_MOST)
        return;
    fprintf(stderr, "wrong: %s", what);
    if (client != NULL)
        fprintf(stderr, " (127.0.0.%u:%u)", client->address + 1, client->port);
    fprintf(stderr, "\n");
}

static void watch(struct client *client, bool on)
{
    struct epoll_event event = {.events = on ? EPOLLIN : 0, .data.ptr = client};
    if (epoll_ctl(epoll, EPOLL_CTL_MOD, client->fd, &event) == 0)
        return;
    if (errno != ENOENT || epoll_ctl(epoll, EPOLL_CTL_ADD, client->fd, &event) != 0)
        give_up("epoll_ctl");
}

/* Replaces ended clients, but only COMES_IN_A_TURN at a time. */
static void replace_clients(void)
{
    static size_t at;
    int comes = COMES_IN_A_TURN;
    for (size_t i = 0; i < crowd && comes > 0; i++) {
        struct client *client = &clients[at++ % crowd];
        if (client->fd >= 0)
            continue;
        uint64_t resume = client->next > 1 && rand() % 2 == 0 ? client->next - 1 : 0;
        connect_client(client, resume, rand() % 10 == 0 ? 1 + (uint64_t)rand() % 20 : 0);
        watch(client, true);
        comes--;
    }
}

static void listen_for(int ms)
{
    struct epoll_event events[512];
    int ready = epoll_wait(epoll, events, sizeof events / sizeof *events, ms);
    for (int i = 0; i < ready; i++) {
        struct client *client = events[i].data.ptr;
        if (client->fd >= 0 && client->stalled_until == 0)
            listen_to(client);
    }
}

static struct client *random_client(void)
{
    struct client *client = &clients[(size_t)rand() % crowd];
    return client->fd >= 0 && client->stalled_until == 0 ? client : NULL;
}

static void stall(struct client *client)
{
    client->stalled_until = now_ms() + 1000 + rand() % STALL_MS;
    watch(client, false);
    figures.stalls++;
}

/* Clients whose stall is over read what has arrived meanwhile. */
static void end_stalls(void)
{
    int64_t now = now_ms();
    for (size_t i = 0; i < crowd; i++) {
        struct client *client = &clients[i];
        if (client->fd < 0 || client->stalled_until == 0 || client->stalled_until > now)
            continue;
        listen_to(client);
        client->stalled_until = 0;
        if (client->fd >= 0)
            watch(client, true);
    }
}

/* Decides at random whether an event with this rate per second, in thousandths of the crowd, happens in this turn. */
static bool is_time_for(int thousandths, int64_t turn_ms)
{
    double expected = (double)crowd * thousandths / 1000 * (double)turn_ms / 1000;
    return (double)rand() / RAND_MAX < expected;
}

static void disturb(const char *server, int64_t turn_ms)
{
    struct client *client;
    if (is_time_for(KILLS, turn_ms))
        figures.kills += kill_child_of(server);
    if (is_time_for(RESETS, turn_ms) && (client = random_client()) != NULL) {
        disconnect(client, true);
        figures.resets++;
    }
    if (is_time_for(CLOSES, turn_ms) && (client = random_client()) != NULL) {
        disconnect(client, false);
        figures.closes++;
    }
    if (is_time_for(STALLS, turn_ms) && (client = random_client()) != NULL)
        stall(client);
}

/* Random bytes in the first page, which has the header and a bit for each slot, or in the slots of the crowd. */
static void damage_file(const char *path)
{
    char bytes[DAMAGE_BYTES];
    size_t from = rand() % 2 == 0 ? 0 : PAGE;
    size_t size = from == 0 ? PAGE : crowd * SLOT_BYTES;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)rand();
    if (fd < 0 || pwrite(fd, bytes, sizeof bytes, (off_t)(from + (size_t)rand() % (size - sizeof bytes))) < 0)
        give_up(path);
    (void)close(fd);
    figures.damages++;
}

static void check_some_status(int64_t damaged_at)
{
    if (now_ms() - damaged_at < HEAL_MS)
        check_damaged_status();
    else
        check_status();
}

static void run(const char *server, const char *file, int64_t until)
{
    int64_t check_at = now_ms() + CHECK_MS, last = now_ms();
    int64_t damage_at = now_ms() + DAMAGE_FIRST_MS, damaged_at = -HEAL_MS;
    for (int64_t now; (now = now_ms()) < until;) {
        listen_for(TURN_MS);
        replace_clients();
        /* Several times in a long turn, so that a slow machine gets the same number of disturbances. */
        for (int64_t left = now_ms() - last; left > 0; left -= TURN_MS)
            disturb(server, left < TURN_MS ? left : TURN_MS);
        last = now_ms();
        end_stalls();
        if (now >= damage_at) {
            for (int i = 0; i < DAMAGED_PLACES; i++)
                damage_file(file);
            damaged_at = now_ms();
            damage_at = damaged_at + DAMAGE_EVERY_MS;
        }
        if (now >= check_at) {
            check_some_status(damaged_at);
            check_at = now_ms() + CHECK_MS;
        }
    }
}

/* Ends all stalls, then closes all clients. /status must soon be empty. */
static void finish(void)
{
    int64_t until = now_ms() + HEAL_MS + LEAVE_MS;
    for (size_t i = 0; i < crowd; i++)
        clients[i].stalled_until = clients[i].fd >= 0 && clients[i].stalled_until != 0 ? 1 : 0;
    end_stalls();
    for (size_t i = 0; i < crowd; i++)
        if (clients[i].fd >= 0)
            disconnect(&clients[i], false);
    while (!status_is_empty())
        if (now_ms() > until) {
            wrong(&figures.wrong, NULL, "/status lists a client after all have closed");
            return;
        }
}

static void print_figures(int64_t seconds)
{
    printf("clients at a time\t%zu\nmost clients in one answer of /status\t%zu\nseconds\t%lld\n", crowd,
           figures.most_listed, (long long)seconds);
    printf("connections made\t%lu\nof them resumed\t%lu\nmessages received\t%lu\nstreams served to the end of their "
           "count\t%lu\n",
           figures.connections, figures.resumed, figures.messages, figures.served);
    printf("processes killed\t%lu\nconnections cut by a reset\t%lu\nconnections cut by a close\t%lu\nclients that "
           "stalled\t%lu\ndamages to the shared file\t%lu\n",
           figures.kills, figures.resets, figures.closes, figures.stalls, figures.damages);
    printf("answers of /status checked\t%lu\nwrong answers\t%lu\nlost, repeated or altered messages\t%lu\n",
           figures.checks, figures.wrong, figures.lost);
    printf("messages more than a second late\t%lu\nlatest message, ms\t%lld\n", figures.late,
           (long long)figures.latest_ms);
}

int main(int argc, char **argv)
{
    struct rlimit files;
    if (argc != 6)
        return 2;
    server_port = (uint16_t)atoi(argv[1]);
    crowd = (size_t)atoi(argv[2]) < MOST ? (size_t)atoi(argv[2]) : MOST;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 ||
        (files.rlim_cur = files.rlim_max, setrlimit(RLIMIT_NOFILE, &files)) != 0)
        give_up("setrlimit");
    epoll = epoll_create1(EPOLL_CLOEXEC);
    for (size_t i = 0; i < MOST; i++)
        clients[i].fd = -1;
    srand(1);
    int64_t began = now_ms();
    run(argv[4], argv[5], began + 1000 * (int64_t)atoi(argv[3]));
    int64_t seconds = (now_ms() - began) / 1000;
    finish();
    if (figures.killed > figures.kills)
        wrong(&figures.lost, NULL, "more streams broke off than processes were killed");
    print_figures(seconds);
    return figures.wrong > 0 || figures.lost > 0 || figures.checks == 0 || figures.messages == 0;
}
