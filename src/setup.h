/*
 * Opens the log and the shared file, and logs where the server listens.
 */
#ifndef SETUP_H
#define SETUP_H

#include "scoreboard/scoreboard.h"

#include <sys/socket.h>
#include <sys/stat.h>

/*
 * Sends the log to the standard stream `fd`. Sends it to the system's log if `fd` is the same as `in` or `out`: the
 * client or the listener. `standard`: what fstat(2) says of each of the three standard streams; zero if it
 * fails.
 */
void setup_log(const struct stat *standard, int fd, int in, int out, bool quiet);

/*
 * Opens the shared file at `place` (SCOREBOARD_SIZE bytes, aligned to a page): `status_file`, else "status" in
 * `runtime`, else in /run/sse-server. Either argument may be NULL. If both are NULL and the last cannot be opened, a
 * process that `listens` makes a file without a name. If there is no file, the scoreboard holds the reason, and so does
 * the log, if the operator named a file or the process `listens`.
 */
void setup_scoreboard(struct scoreboard *scoreboard, void *place, const char *status_file, const char *runtime,
                      bool listens);

/*
 * For a process that serves standard input because no option says otherwise, and whose client sends nothing. It logs
 * that this is not a listener, and how to get one. On the socket of a super-server this logs nothing.
 */
void setup_log_silence(void);

/*
 * For a listener that was given no address. If -p looks like a port, logs that it is a limit, and which option sets the
 * port.
 */
void setup_log_port_hint(size_t most_per_source);

/* Logs "Starting sse-server at :8080 ...". Call when the socket listens. */
void setup_log_listening(int socket);

/* Logs where it cannot listen, why (an errno), and what the operator can do. */
void setup_log_cannot_listen(const struct sockaddr_storage *address, int why);

#endif
