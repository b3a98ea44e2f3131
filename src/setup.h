/*
 * Places outside this process: the log, the shared file, and where it listens.
 */
#ifndef SETUP_H
#define SETUP_H

#include "scoreboard/scoreboard.h"

#include <sys/socket.h>

/* The log goes to `fd`; but to the system's log if that is the client, or a listening socket: what `in` or `out` is. */
void setup_log(int fd, int in, int out, bool quiet);

/*
 * The file that was named must do. Of those that were not, the first that can be opened; a process that `listens` makes
 * one without a name if none can. Without a file the scoreboard says why, and so does the log, unless nobody named one
 * and there is but one connection.
 */
void setup_scoreboard(struct scoreboard *scoreboard, void *place, const char *status_file, const char *runtime,
                      bool listens);

/*
 * For a process that serves standard input because no option says otherwise, and whose client sends nothing. Whoever
 * wanted a listener learns that this is none, and how to get one. On the socket of a super-server this logs nothing.
 */
void setup_log_silence(void);

/*
 * For a listener that was given no address. If -p looks like a port, logs that it is a limit, and which option sets the
 * port.
 */
void setup_log_port_hint(size_t most_per_source);

/* "Starting sse-server at :8080 ...", once it is true. */
void setup_log_listening(int socket);

void setup_log_cannot_listen(const struct sockaddr_storage *address, int why);

#endif
