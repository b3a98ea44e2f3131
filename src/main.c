/*
 * sse-server: Server-Sent Events, one process a connection.
 *
 * Here, and only here, doors and serving meet: options and environment, which door, where the log goes, where the
 * shared file is. Fails with EXIT_USAGE for what the operator got wrong and EXIT_TEMPORARY for what the system refused;
 * each is one line.
 */
#include "base/exits.h"
#include "base/log.h"
#include "base/wait.h"
#include "board/board.h"
#include "check.h"
#include "door/choose.h"
#include "door/listener.h"
#include "options.h"
#include "serve/serve.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PASSED = 3 }; /* the first descriptor of LISTEN_FDS */

static struct board board;
static struct service service;
static struct connection connection;

/* So that no socket ever gets the number of a standard stream. */
static bool open_standard_streams(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    return fd < 0 || close(fd) == 0;
}

static bool is_same_file(int one, int other)
{
    struct stat a, b;
    return fstat(one, &a) == 0 && fstat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* JOURNAL_STREAM names the stream that the journal reads: lines for it carry their priority (sd-daemon(3)). */
static bool is_journal(int fd)
{
    struct stat stat;
    const char *journal_stream = getenv("JOURNAL_STREAM");
    struct span inode = span_of(journal_stream != NULL ? journal_stream : "");
    struct span device = span_cut(&inode, ':');
    uint64_t device_number, inode_number;
    return span_number(device, UINT64_MAX, &device_number) && span_number(inode, UINT64_MAX, &inode_number) &&
           fstat(fd, &stat) == 0 && stat.st_dev == device_number && stat.st_ino == inode_number;
}

/* To `fd`, unless that is what the client, or a listening socket, is on: then to the system's log. */
static void choose_log(int fd, int in, int out, bool quiet)
{
    bool is_client = (is_same_file(fd, in) || is_same_file(fd, out)) && kind_of(fd) != KIND_NOTHING;
    log_to(is_client ? -1 : fd, is_journal(fd), quiet);
}

/* `directory` is the first of a list, as systemd passes it. */
static bool open_board_in(const char *directory)
{
    char path[1024];
    struct text text = text_in(path, sizeof path - 1);
    struct span list = span_of(directory);
    text_span(&text, span_cut(&list, ':'));
    text_string(&text, "/status");
    path[text.length] = '\0';
    return board_open(&board, path);
}

/* The file that was named must do. Of those that were not, the first that can be opened; a listener makes one if none
 * can. */
static void open_board(const struct options *options, bool listens)
{
    bool named = options->status_file != NULL || options->runtime != NULL;
    bool opened;
    if (options->status_file != NULL)
        opened = board_open(&board, options->status_file);
    else
        opened = open_board_in(named ? options->runtime : "/run/sse-server");
    if (!opened && !named && listens)
        opened = board_open_private(&board);
    if (!opened && (named || listens))
        log_error(board.why, 0);
}

static void serve_child(void *context, int fd, const struct peer *peer)
{
    serve(context, fd, fd, peer->name);
}

static int serve_inherited(int in, int out, const struct options *options)
{
    choose_log(STDERR_FILENO, in, out, options->quiet);
    open_board(options, false);
    socket_tune(out, options->write_ms);
    struct peer peer = peer_of_descriptor(in);
    serve(&connection, in, out, peer.name);
    return EXIT_SERVED;
}

/* "Starting sse-server at :8080 ...", once it is true. */
static void log_start_at(int socket)
{
    struct sockaddr_storage address = {.ss_family = AF_UNSPEC};
    socklen_t length = sizeof address;
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_NOTICE);
    text_string(text, "Starting sse-server at ");
    if (getsockname(socket, (struct sockaddr *)&address, &length) != 0 || !address_listening_text(text, &address))
        text_string(text, "an inherited socket");
    text_string(text, " ...");
    log_end(&line);
}

static int listen_on(const int *sockets, int count, const struct options *options)
{
    const struct listener listener = {
        .sockets = sockets,
        .count = count,
        .serve = serve_child,
        .context = &connection,
        .busy = serve_busy(),
        .end_ms = options->end_ms,
    };
    token_read(&connection.token, options->token_file, options->token_value);
    if (connection.token.state == TOKEN_UNKNOWN) {
        log_error("AUTH_TOKEN_FILE holds no token that can be read, and AUTH_TOKEN is not set", errno);
        return EXIT_USAGE;
    }
    open_board(options, true);
    choose_log(STDOUT_FILENO, sockets[0], sockets[0], options->quiet);
    for (int i = 0; i < count; i++) {
        socket_tune(sockets[i], options->write_ms);
        log_start_at(sockets[i]);
    }
    return listener_run(&listener);
}

static void log_cannot_listen(const struct sockaddr_storage *address, int why)
{
    char room[LIMIT_PEER + 32];
    struct text text = text_in(room, sizeof room - 1);
    text_string(&text, "Cannot listen at ");
    (void)address_listening_text(&text, address);
    room[text.length] = '\0';
    log_error(room, why);
}

static int listen_at(struct options *options)
{
    int socket = listener_open(&options->listen);
    if (socket < 0 && errno == EAFNOSUPPORT && options->listen.any) {
        address_use_ipv4(&options->listen);
        socket = listener_open(&options->listen);
    }
    if (socket < 0) {
        log_cannot_listen(&options->listen.socket, errno);
        return EXIT_TEMPORARY;
    }
    return listen_on(&socket, 1, options);
}

static int listen_on_passed(int count, const struct options *options)
{
    int sockets[LIMIT_SOCKETS];
    if (count > LIMIT_SOCKETS) {
        log_error("LISTEN_FDS hands over more than 16 sockets", 0);
        return EXIT_USAGE;
    }
    for (int i = 0; i < count; i++) {
        sockets[i] = PASSED + i;
        if (kind_of(sockets[i]) != KIND_LISTENING) {
            log_error("LISTEN_FDS hands over more than one descriptor, and not all of them listen", 0);
            return EXIT_USAGE;
        }
    }
    return listen_on(sockets, count, options);
}

static int open_door(struct options *options)
{
    int passed = passed_descriptors();
    const struct facts facts = {
        .asks_stdin = options->stdin_door,
        .asks_listen = options->has_listen && !options->from_port,
        .has_port = options->from_port,
        .passed = passed > 0 ? kind_of(PASSED) : KIND_NOTHING,
        .stdin_is = kind_of(STDIN_FILENO),
    };
    switch (door_choose(&facts)) {
    case DOOR_STDIN:
        return serve_inherited(STDIN_FILENO, STDOUT_FILENO, options);
    case DOOR_PASSED_STREAM:
        return serve_inherited(PASSED, PASSED, options);
    case DOOR_PASSED_LISTENING:
        return listen_on_passed(passed, options);
    case DOOR_STDIN_LISTENING:
        return listen_on((const int[]){STDIN_FILENO}, 1, options);
    case DOOR_LISTEN:
        break;
    }
    return listen_at(options);
}

int main(int argc, char **argv)
{
    static struct options options;
    wait_prepare();
    /* Nothing goes to the client, not even what is said while we do not know yet which door this is. */
    choose_log(STDERR_FILENO, STDIN_FILENO, STDIN_FILENO, false);
    int code = options_read(argc, argv, &options);
    if (code != OPTIONS_GO_ON)
        return code;
    if (options.check)
        return check_server(&options.listen);
    if (!open_standard_streams()) {
        log_error("/dev/null", errno);
        return EXIT_TEMPORARY;
    }
    service = (struct service){
        .token_file = options.token_file,
        .token_value = options.token_value,
        .head_ms = options.head_ms,
        .idle_ms = options.idle_ms,
        .write_ms = options.write_ms,
        .board = &board,
    };
    connection.service = &service;
    return open_door(&options);
}
