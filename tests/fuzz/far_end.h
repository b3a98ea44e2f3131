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

/* The one that there is. */
struct far_end {
    unsigned how;
    int in, out, remote; /* the server's two, which may be one; `remote` is the client's end of a socket, else -1 */
    struct span left;    /* what it will yet send */
    size_t piece;        /* how much of it at a time */
    int64_t sent;        /* how much of it so far, to a file */
    bool has_ended;      /* its sending */
    int waits;           /* of streams that may yet come to their time */
    int writes;          /* that it may yet take */
    int waited;          /* of all kinds */
    bool is_gone;        /* or the server was told to stop */
    struct text output;
};
extern struct far_end client;

/* A client that will send this, so many bytes at a time; what it gets goes into `output`. */
void connect_client(unsigned how, struct span sent, size_t piece, struct text output);

/* Returns all that it got. */
struct span disconnect_client(void);

/* A file as it was before it was written and read. */
void empty_file(int fd);

#endif
