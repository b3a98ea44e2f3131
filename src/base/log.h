/*
 * The log: one line, one write, never to the client.
 *
 * A line that cannot be written without waiting (a full pipe that nobody reads) is dropped: the log must not hold up a
 * stream. A line is cut at LIMIT_LOG_LINE. No function here fails.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/limits.h"
#include "base/text.h"

enum log_level {
    LOG_LEVEL_ERROR,  /* the operator should act */
    LOG_LEVEL_NOTICE, /* what the server does: starts, recovers */
    LOG_LEVEL_INFO,   /* what clients do; silent under -q */
};

/*
 * Where the log goes from now on: descriptor `fd`, or the system's log (/dev/log) if it is -1. With `journal`, lines
 * carry the
 * "<6>" of sd-daemon(3). With `quiet`, what clients do is left out. Before the first call it is standard error.
 */
void log_to(int fd, bool journal, bool quiet);

/* A line being made in the caller's room; log_end() ends it, writes it and forgets it. */
struct log_line {
    enum log_level level;
    struct text text;
    char room[LIMIT_LOG_LINE];
};

/* Starts a line. Returns its text, to append to. */
struct text *log_start(struct log_line *line, enum log_level level);
void log_end(struct log_line *line);

/* A whole line of what the server does. */
void log_notice(const char *what);

/* A whole line for the operator: `what`, and if `why` is not 0, ": " and the message of that errno. */
void log_error(const char *what, int why);

#endif
