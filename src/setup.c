/* Opens the log and the shared file, and logs where the server listens. */
#include "setup.h"

#include "base/log.h"
#include "listen/activation.h"
#include "listen/address.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_same_file(const struct stat *one, const struct stat *other)
{
    return one->st_dev == other->st_dev && one->st_ino == other->st_ino;
}

/* JOURNAL_STREAM is the device and inode of the stream to the journal (systemd.exec(5)). */
static bool is_journal(const struct stat *stat)
{
    const char *journal_stream = getenv("JOURNAL_STREAM");
    struct span inode = span_of(journal_stream != NULL ? journal_stream : "");
    struct span device = span_cut(&inode, ':');
    uint64_t device_number, inode_number;
    return span_number(device, UINT64_MAX, &device_number) && span_number(inode, UINT64_MAX, &inode_number) &&
           stat->st_dev == device_number && stat->st_ino == inode_number;
}

/* A descriptor that cannot be examined is of no file: st_mode is 0. */
static struct stat examine(const struct stat *standard, int fd)
{
    struct stat stat = {0};
    if (fd <= STDERR_FILENO)
        return standard[fd];
    (void)fstat(fd, &stat);
    return stat;
}

void setup_log(const struct stat *standard, int fd, int in, int out, bool quiet)
{
    struct stat of_in = examine(standard, in), of_out = examine(standard, out);
    const struct stat *of_log = &standard[fd];
    bool is_client =
        (is_same_file(of_log, &of_in) || is_same_file(of_log, &of_out)) && activation_is_stream(of_log->st_mode);
    log_to(is_client ? -1 : fd, of_log->st_mode, is_journal(of_log), quiet);
}

/* `directory`: a list, separated by colons, as systemd passes it. Only the first counts. */
static bool open_scoreboard_in(struct scoreboard *scoreboard, void *place, const char *directory)
{
    char path[LIMIT_PATH];
    (void)snprintf(path, sizeof path, "%.*s/status", (int)strcspn(directory, ":"), directory);
    return scoreboard_open(scoreboard, path, place);
}

void setup_scoreboard(struct scoreboard *scoreboard, void *place, const char *status_file, const char *runtime,
                      bool listens)
{
    bool named = status_file != NULL || runtime != NULL;
    bool opened;
    if (status_file != NULL)
        opened = scoreboard_open(scoreboard, status_file, place);
    else
        opened = open_scoreboard_in(scoreboard, place, named ? runtime : "/run/sse-server");
    if (!opened && !named && listens)
        opened = scoreboard_open_private(scoreboard, place);
    if (!opened && (named || listens))
        log_advice(scoreboard->why, 0,
                   "serving without it: /status, /log and keys answer 503; name a usable file with -f, or none");
}

/* The kernel numbers its sockets. (The system call filter no longer allows fstat(2) here.) */
static bool is_one_socket(int one, int other)
{
    uint64_t a, b;
    socklen_t length = sizeof a;
    return getsockopt(one, SOL_SOCKET, SO_COOKIE, &a, &length) == 0 &&
           getsockopt(other, SOL_SOCKET, SO_COOKIE, &b, &length) == 0 && a == b;
}

void setup_log_silence(void)
{
    if (!is_one_socket(STDIN_FILENO, STDOUT_FILENO))
        log_notice("Serving one client on standard input, which has sent nothing yet; to listen on a port use -l 8080");
}

enum { LEAST_LIKE_A_PORT = 1024 }; /* a smaller number is more often meant as a limit */

void setup_log_port_hint(size_t most_per_source)
{
    struct log_line line;
    if (most_per_source < LEAST_LIKE_A_PORT || most_per_source == LIMIT_CONNECTIONS) /* the latter is the default */
        return;
    struct text *text = log_start(&line, LOG_LEVEL_NOTICE);
    text_string(text, "-p limits the connections per address; to listen on port ");
    text_number(text, most_per_source);
    text_string(text, " use -l ");
    text_number(text, most_per_source);
    log_end(&line);
}

void setup_log_listening(int socket)
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

/* What the operator can do if listening failed. NULL: nothing that would help with every error. */
static const char *listen_advice(int why)
{
    switch (why) {
    case EADDRINUSE:
        return "name another port with -l or PORT, 0 for any free one";
    case EACCES:
        return "ports below 1024 need root or CAP_NET_BIND_SERVICE; use -l 8080";
    case EADDRNOTAVAIL:
        return "use an address of this machine, or -l PORT for all of them";
    case EAFNOSUPPORT:
        return "use an IPv4 address, such as -l 127.0.0.1:8080";
    default:
        return NULL;
    }
}

void setup_log_cannot_listen(const struct sockaddr_storage *address, int why)
{
    char room[LIMIT_PEER + 32];
    struct text text = text_in(room, sizeof room - 1);
    text_string(&text, "Cannot listen at ");
    (void)address_listening_text(&text, address);
    room[text.length] = '\0';
    log_advice(room, why, listen_advice(why));
}
