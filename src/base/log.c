/*
 * The log. The lines for the system's log are sent by own code: syslog(3) sends with a socket that blocks, so it would
 * wait for a daemon that hangs.
 */
#include "base/log.h"

#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { LOG_DAEMON = 3 << 3 }; /* as in syslog(3) */

static struct {
    int fd;
    int given; /* the argument of log_to() that led to `fd` */
    bool is_socket;
    bool is_file; /* a write never waits for a reader */
    bool is_own;  /* opened here, and non-blocking: no other process shares the flag */
    bool system;
    bool journal;
    bool quiet;
} log_is = {.fd = STDERR_FILENO, .given = -1};

/* Returns -1 if there is no system log; then lines are dropped. */
static int open_system_log(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

/*
 * Opens a pipe or terminal once more, non-blocking, for this process alone. A poll before each write would not be
 * enough: several processes that share a pipe may all find room in it, and all but the first would then block.
 */
static int open_again(int fd)
{
    char path[32];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

void log_to(int fd, mode_t mode, bool journal, bool quiet)
{
    log_is.journal = journal;
    log_is.quiet = quiet;
    if (fd >= 0 && fd == log_is.given)
        return;
    if (log_is.is_own)
        (void)close(log_is.fd);
    log_is.given = fd;
    log_is.system = fd < 0;
    log_is.fd = fd < 0 ? open_system_log() : fd;
    log_is.is_own = fd < 0 && log_is.fd >= 0;
    log_is.is_socket = fd < 0 || S_ISSOCK(mode);
    log_is.is_file = fd >= 0 && S_ISREG(mode);
    if (fd < 0 || (!S_ISFIFO(mode) && !S_ISCHR(mode)))
        return;
    int again = open_again(fd);
    log_is.is_own = again >= 0;
    if (log_is.is_own)
        log_is.fd = again;
}

/* "<30>sse-server[123]: " for the system's log, "<6>" for the journal, nothing elsewhere. */
static void start_prefix(struct text *text, enum log_level level)
{
    static const unsigned priorities[] = {3, 5, 6}; /* LOG_ERR, LOG_NOTICE, LOG_INFO of syslog(3) */
    if (!log_is.system && !log_is.journal)
        return;
    text_string(text, "<");
    text_number(text, priorities[level] + (log_is.system ? LOG_DAEMON : 0));
    text_string(text, ">");
    if (!log_is.system)
        return;
    text_string(text, "sse-server[");
    text_number(text, (uint64_t)getpid());
    text_string(text, "]: ");
}

struct text *log_start(struct log_line *line, enum log_level level)
{
    line->level = level;
    line->text = text_in(line->room, sizeof line->room - 1); /* room for the newline */
    start_prefix(&line->text, level);
    return &line->text;
}

/* One write, all or nothing: a line is shorter than PIPE_BUF, the size that a pipe takes at once. */
static void write_at_once(const char *bytes, size_t length)
{
    struct pollfd poll_fd = {.fd = log_is.fd, .events = POLLOUT};
    if (log_is.is_socket)
        (void)!send(log_is.fd, bytes, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    else if (log_is.is_file || log_is.is_own || (poll(&poll_fd, 1, 0) == 1 && (poll_fd.revents & POLLOUT) != 0))
        (void)!write(log_is.fd, bytes, length);
}

void log_end(struct log_line *line)
{
    if (log_is.quiet && line->level == LOG_LEVEL_INFO)
        return;
    line->room[line->text.length] = '\n';
    write_at_once(line->room, line->text.length + !log_is.system);
}

void log_notice(const char *what)
{
    struct log_line line;
    text_string(log_start(&line, LOG_LEVEL_NOTICE), what);
    log_end(&line);
}

void log_error(const char *what, int why)
{
    log_advice(what, why, NULL);
}

void log_advice(const char *what, int why, const char *advice)
{
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_ERROR);
    text_string(text, what);
    if (why != 0) {
        text_string(text, ": ");
        text_string(text, strerror(why));
    }
    if (advice != NULL) {
        text_string(text, "; ");
        text_string(text, advice);
    }
    log_end(&line);
}

void log_format(enum log_level level, const char *format, ...)
{
    char message[LIMIT_LOG_LINE];
    struct log_line line;
    va_list values;
    va_start(values, format);
    /* clang-tidy 14 misses va_start(3) in a run with several files */
    (void)vsnprintf(message, sizeof message, format, values); /* NOLINT(clang-analyzer-valist.Uninitialized) */
    va_end(values);
    text_printable(log_start(&line, level), span_of(message), sizeof message);
    log_end(&line);
}
