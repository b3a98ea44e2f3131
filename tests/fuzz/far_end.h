/*
 * The client of a connection, in the same process as the server. It acts only while the server waits.
 */
#ifndef FAR_END_H
#define FAR_END_H

#include "base/text.h"

/* Bits of an input's first byte, which say how the connection behaves. " " has none of them, "0" has IS_TOLD. */
enum {
    WITH_TOKEN = 1 << 0,
    WITHOUT_FILE = 1 << 1,
    BY_SOCKET = 1 << 2,
    IS_SILENT = 1 << 3, /* after the last byte, the client keeps its sending side open */
    IS_TOLD = 1 << 4,   /* streams end because the server must stop; otherwise because the client closes */
    IS_REPEATED = 0x70, /* all three bits: repeat() in target_connection.c expands the input */
};

struct far_end {
    unsigned how;       /* bits of the enum above */
    int in, out;        /* the server's descriptors, which may be the same */
    int remote;         /* the client's end of a socket, else -1 */
    struct span left;   /* still to send */
    size_t piece;       /* bytes to send at a time */
    int64_t sent;       /* bytes sent to a file */
    bool has_ended;     /* the sending side */
    int waits;          /* waits of a stream left before the client closes */
    int writes;         /* writes left before the client closes */
    int waited;         /* all waits */
    bool is_gone;       /* the client has closed, or the server must stop */
    struct text output; /* all that the server sent */
};
extern struct far_end client;

/* Connects a client that sends `sent`, `piece` bytes at a time. What it receives goes into `output`. */
void connect_client(unsigned how, struct span sent, size_t piece, struct text output);

/* Closes the connection. Returns everything that the client received. */
struct span disconnect_client(void);

/* Empties a file and returns to its beginning. */
void empty_file(int fd);

#endif
