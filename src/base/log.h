/*
 * The log: one line, one write, never to the client.
 *
 * A line that cannot be written at once (to a full pipe) is dropped, because the log must not delay a stream. A longer
 * line is cut at LIMIT_LOG_LINE. No function here fails.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/limits.h"
#include "base/text.h"

#include <sys/types.h>

enum log_level {
    LOG_LEVEL_ERROR,  /* the operator should act */
    LOG_LEVEL_NOTICE, /* what the server does: it starts, it recovers */
    LOG_LEVEL_INFO,   /* what clients do; left out with -q */
};

/*
 * Sends the log to descriptor `fd`, a file of the type `mode` (st_mode), from now on. If `fd` is -1, sends it to the
 * system's log (/dev/log), whatever `mode` is. With `journal` (systemd's), lines begin with a level ("<6>",
 * sd-daemon(3)). With `quiet`, LOG_LEVEL_INFO is left out. Before the first call, the log goes to standard error. A
 * call with the same `fd` as before only changes the last two.
 */
void log_to(int fd, mode_t mode, bool journal, bool quiet);

/* One line, in memory of the caller. */
struct log_line {
    enum log_level level;
    struct text text;
    char room[LIMIT_LOG_LINE];
};

/* Starts a line. Returns its text, to append to. */
struct text *log_start(struct log_line *line, enum log_level level);

/* Writes the line. */
void log_end(struct log_line *line);

/* Writes a whole line, LOG_LEVEL_NOTICE. */
void log_notice(const char *what);

/* Writes a whole line, LOG_LEVEL_ERROR: `what` and, if `why` is not 0, ": " and the message of that errno. */
void log_error(const char *what, int why);

/* Like log_error(), and then "; " and what the operator can do. NULL: no advice. */
void log_advice(const char *what, int why, const char *advice);

/* Writes a whole line in a format of printf(3); bytes outside printable ASCII become "?". Not for the hot path. */
__attribute__((format(printf, 2, 3))) void log_format(enum log_level level, const char *format, ...);

#endif
