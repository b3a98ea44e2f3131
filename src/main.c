/*
 * sse-server: Server-Sent Events, one process per connection.
 *
 * Only this file connects listening with serving. It reads the settings, finds out where the clients come from, opens
 * the log and the shared file, confines the process and serves. It exits with EXIT_USAGE for an error of the operator
 * and with EXIT_TEMPORARY for one of the system, after one line in the log.
 */
#include "base/exit.h"
#include "base/log.h"
#include "base/wait.h"
#include "confine/confine.h"
#include "environment.h"
#include "healthcheck.h"
#include "listen/activation.h"
#include "listen/listener.h"
#include "listen/socket.h"
#include "listen/spawn.h"
#include "options.h"
#include "scoreboard/scoreboard.h"
#include "serve/print_cases.h"
#include "serve/serve.h"
#include "setup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSED = 3 }; /* the first descriptor of LISTEN_FDS */

/*
 * The program's memory. What a connection touches is together, in the order of its use, and what it does not
 * touch costs nothing. So a process has few pages of its own, in one page table.
 */
static struct {
    _Alignas(4096) char stack[SPAWN_STACK]; /* for a listener's children */
    struct reader reader;                   /* a request of 450 bytes fits in the last page of the stack */
    _Alignas(4096) struct scoreboard scoreboard;
    struct service service;
    struct connection connection;
    struct options options;
    struct environment environment;
    bool is_output_closed;   /* it was when the program started */
    struct stat standard[3]; /* the standard streams, examined once */
} memory;

_Static_assert(SPAWN_STACK % 4096 + offsetof(struct reader, bytes) + 450 <= 4096, "a small request needs no page");

/*
 * Large memory that few connections touch. It must come after all other memory, the C library's too: before that, it
 * would move the library's last page to a second page table. Linkers put common symbols last. A named section (.lbss)
 * is no substitute: clang would write its 60 MB to the file. tests/heavy/binary.bats checks the order.
 */
__attribute__((common)) struct cold_memory {
    _Alignas(4096) char scoreboard_place[SCOREBOARD_SIZE];
    struct client clients[LIMIT_CLIENTS];
    struct cold cold;
    struct writer capture; /* for -C */
} cold_memory;

/*
 * Examines the standard streams. Opens a closed one, so that no other file gets its number. Returns false and sets
 * errno if there is no /dev/null for that.
 */
static bool open_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fstat(fd, &memory.standard[fd]) == 0 || errno != EBADF)
            continue;
        memory.is_output_closed |= fd == STDOUT_FILENO;
        if (open("/dev/null", O_RDWR) != fd || fstat(fd, &memory.standard[fd]) != 0)
            return false;
    }
    return true;
}

/* SIGBUS: another process has truncated the shared file; go on without it. Any other SIGBUS repeats and ends us. */
static void bus_error(int signal, siginfo_t *info, void *context)
{
    static const struct sigaction usual = {.sa_handler = SIG_DFL};
    (void)context;
    if (!scoreboard_recover(&memory.scoreboard, info->si_addr))
        (void)sigaction(signal, &usual, NULL);
}

static void confine_self(bool listens, uint64_t kill_key)
{
    const struct sigaction recover = {.sa_sigaction = bus_error, .sa_flags = SA_SIGINFO};
    const struct confine_needs needs = {
        .listens = listens,
        .kill_key = kill_key,
        .shared_file = memory.scoreboard.file != NULL ? memory.scoreboard.fd : -1,
        .has_token = memory.environment.token_file != NULL || memory.environment.token_value != NULL,
        .token_file = memory.environment.token_file,
    };
    (void)sigaction(SIGBUS, &recover, NULL);
    const char *refused = confine_process(&needs);
    if (refused != NULL && listens) /* a process for one connection would log it each time */
        log_format(LOG_LEVEL_NOTICE, "The kernel refuses %s; serving without it", refused);
}

static bool become_user(void)
{
    if (!memory.options.has_user || user_become(&memory.options.user))
        return true;
    log_advice("Cannot become the user of -u", errno, "start as root, or without -u");
    return false;
}

static void open_scoreboard(bool listens)
{
    setup_scoreboard(&memory.scoreboard, cold_memory.scoreboard_place, memory.options.status_file,
                     memory.environment.runtime, listens);
}

static void serve_child(void *context, int fd, const struct peer *peer)
{
    confine_child();
    serve_connection(context, fd, fd, peer->name);
}

static int serve_inherited(int in, int out)
{
    setup_log(memory.standard, STDERR_FILENO, in, out, memory.options.quiet);
    if (!become_user())
        return EXIT_TEMPORARY;
    open_scoreboard(false);
    socket_tune(out, memory.options.write_ms);
    struct peer peer = peer_of_descriptor(in);
    confine_self(false, 0);
    serve_connection(&memory.connection, in, out, peer.name);
    return EXIT_SERVED;
}

static void confine_listener(void *context, uint64_t kill_key)
{
    (void)context;
    confine_self(true, kill_key);
}

static int listen_on(const int *sockets, int count)
{
    char busy_room[LIMIT_RESPONSE_HEAD], crowded_room[LIMIT_RESPONSE_HEAD];
    struct text busy = text_in(busy_room, sizeof busy_room);
    struct text crowded = text_in(crowded_room, sizeof crowded_room);
    serve_turned_away(&busy, 503, "the server has no process for you right now\n");
    serve_turned_away(&crowded, 429, "your address has as many connections as one may have\n");
    const struct listener listener = {
        .sockets = sockets,
        .count = count,
        .serve = serve_child,
        .confine = confine_listener,
        .context = &memory.connection,
        .stack = memory.stack,
        .most = memory.options.most,
        .most_per_source = memory.options.most_per_source,
        .busy = text_written(&busy),
        .crowded = text_written(&crowded),
        .end_ms = memory.options.end_ms,
    };
    if (!become_user())
        return EXIT_TEMPORARY;
    memory.connection.token.room = cold_memory.cold.token;
    token_read(&memory.connection.token, memory.environment.token_file, memory.environment.token_value);
    if (memory.connection.token.state == TOKEN_UNKNOWN) {
        token_log_unknown(memory.environment.token_file, memory.connection.token.why);
        return EXIT_USAGE;
    }
    if (memory.environment.lacks_token) /* a process for one connection would log it each time */
        log_advice("CREDENTIALS_DIRECTORY has no file named token, so clients need no token", 0,
                   "to require one, name the credential token");
    open_scoreboard(true);
    setup_log(memory.standard, STDOUT_FILENO, sockets[0], sockets[0], memory.options.quiet);
    for (int i = 0; i < count; i++) {
        socket_tune(sockets[i], memory.options.write_ms);
        setup_log_listening(sockets[i]);
    }
    return listener_run(&listener);
}

static int listen_at(void)
{
    if (!memory.options.has_listen)
        setup_log_port_hint(memory.options.most_per_source);
    int socket = socket_listen(&memory.options.listen);
    if (socket < 0 && errno == EAFNOSUPPORT && memory.options.listen.any) {
        address_use_ipv4(&memory.options.listen);
        socket = socket_listen(&memory.options.listen);
    }
    if (socket < 0) {
        setup_log_cannot_listen(&memory.options.listen.socket, errno);
        return EXIT_TEMPORARY;
    }
    return listen_on(&socket, 1);
}

static int listen_on_passed(int count)
{
    int sockets[LIMIT_SOCKETS] = {0};
    if (count > LIMIT_SOCKETS) {
        log_format(LOG_LEVEL_ERROR, "LISTEN_FDS passes more than %d sockets; pass fewer", LIMIT_SOCKETS);
        return EXIT_USAGE;
    }
    for (int i = 0; i < count; i++) {
        sockets[i] = PASSED + i;
        if (activation_descriptor(sockets[i]) != DESCRIPTOR_LISTENING) {
            log_error("LISTEN_FDS passes more than one descriptor, but not all are listening sockets; pass only those",
                      0);
            return EXIT_USAGE;
        }
    }
    return listen_on(sockets, count);
}

static int activate(int passed)
{
    const struct activation_facts facts = {
        .asks_stdin = memory.options.serves_stdin,
        .asks_listen = memory.options.has_listen && !memory.options.from_port,
        .has_port = memory.options.from_port,
        .passed = passed > 0 ? activation_descriptor(PASSED) : DESCRIPTOR_NOTHING,
        .stdin_is = memory.options.serves_stdin ? DESCRIPTOR_STREAM : activation_descriptor(STDIN_FILENO),
    };
    switch (activation_choose(&facts)) {
    case ACTIVATION_STDIN:
        if (!facts.asks_stdin && facts.stdin_is == DESCRIPTOR_STREAM)
            memory.service.on_silence = setup_log_silence;
        return serve_inherited(STDIN_FILENO, STDOUT_FILENO);
    case ACTIVATION_PASSED_STREAM:
        return serve_inherited(PASSED, PASSED);
    case ACTIVATION_PASSED_LISTENING:
        return listen_on_passed(passed);
    case ACTIVATION_STDIN_LISTENING:
        return listen_on((const int[]){STDIN_FILENO}, 1);
    case ACTIVATION_LISTEN:
        break;
    }
    return listen_at();
}

int main(int argc, char **argv)
{
    wait_prepare();
    int passed = activation_passed();
    confine_descriptors(PASSED + passed);
    if (!open_standard_streams()) {
        log_advice("Cannot open /dev/null", errno, "make it, or start with the standard streams open");
        return EXIT_TEMPORARY;
    }
    /* Standard error may be the client until activate() has found out, so errors must not go there. */
    setup_log(memory.standard, STDERR_FILENO, STDIN_FILENO, STDIN_FILENO, false);
    bool fits = environment_read(&memory.environment);
    int code = options_read(argc, argv, &memory.environment, &memory.options);
    if (code != OPTIONS_GO_ON)
        return code;
    if (memory.options.check)
        return healthcheck_run(&memory.options.listen);
    memory.connection.reader = &memory.reader;
    memory.connection.cold = &cold_memory.cold;
    if (memory.options.prints_cases)
        return print_cases(&memory.connection, &cold_memory.capture, !memory.is_output_closed);
    if (!fits) {
        log_format(LOG_LEVEL_ERROR,
                   "AUTH_TOKEN_FILE or AUTH_TOKEN is longer than %d bytes; use a shorter path or token", LIMIT_TOKEN);
        return EXIT_USAGE;
    }
    memory.service = (struct service){
        .token_file = memory.environment.token_file,
        .token_value = memory.environment.token_value,
        .head_ms = memory.options.head_ms,
        .idle_ms = memory.options.idle_ms,
        .write_ms = memory.options.write_ms,
        .scoreboard = &memory.scoreboard,
    };
    memory.connection.service = &memory.service;
    memory.connection.clients = cold_memory.clients;
    exit_process(activate(passed));
}
