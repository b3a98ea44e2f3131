/* The log. Owns where it goes (set once by main); drops what cannot be written at once. */
#include "base/log.h"

#include "base/limits.h"

#include <poll.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

static struct {
    int fd;
    bool journal;
    bool quiet;
} log_is = {.fd = STDERR_FILENO};

_Static_assert(sizeof((struct log_line *)0)->room == LIMIT_LOG_LINE, "a line is LIMIT_LOG_LINE");

void log_to(int fd, bool journal, bool quiet)
{
    log_is.fd = fd;
    log_is.journal = journal;
    log_is.quiet = quiet;
    if (fd < 0)
        openlog("sse-server", LOG_PID, LOG_DAEMON);
}

static int priority(enum log_level level)
{
    static const int priorities[] = {LOG_ERR, LOG_NOTICE, LOG_INFO};
    return priorities[level];
}

struct text *log_start(struct log_line *line, enum log_level level)
{
    line->level = level;
    line->text = text_in(line->room, sizeof line->room - 2); /* for the end of line, and for syslog's NUL */
    if (log_is.journal) {
        text_string(&line->text, "<");
        text_number(&line->text, (uint64_t)priority(level));
        text_string(&line->text, ">");
    }
    return &line->text;
}

/* A pipe that polls writable takes at least PIPE_BUF (4096) bytes, so a line never blocks and never mixes with another.
 */
static void write_at_once(int fd, const char *bytes, size_t length)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    if (poll(&poll_fd, 1, 0) == 1 && (poll_fd.revents & POLLOUT) != 0)
        (void)!write(fd, bytes, length);
}

void log_end(struct log_line *line)
{
    if (log_is.quiet && line->level == LOG_LEVEL_INFO)
        return;
    if (log_is.fd < 0) {
        line->room[line->text.length] = '\0';
        syslog(priority(line->level), "%s", line->room);
        return;
    }
    line->room[line->text.length] = '\n';
    write_at_once(log_is.fd, line->room, line->text.length + 1);
}

void log_notice(const char *what)
{
    struct log_line line;
    text_string(log_start(&line, LOG_LEVEL_NOTICE), what);
    log_end(&line);
}

void log_error(const char *what, int why)
{
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_ERROR);
    text_string(text, what);
    if (why != 0) {
        text_string(text, ": ");
        text_string(text, strerror(why));
    }
    log_end(&line);
}
