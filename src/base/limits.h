/*
 * The bounds of this program, by name. Sizes are bytes, times are ms. Some times and counts are defaults of options
 * (options.c). The range of a parameter is in its row of plan/parameters.c.
 */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

enum {
    /* What a client may send. */
    LIMIT_TARGET = 32 * 1024,        /* request-target; more is 414 */
    LIMIT_HEAD = 64 * 1024,          /* request line and header fields together; more is 431 */
    LIMIT_FORM = 64 * 1024,          /* a form body, kept in memory; more is 413 */
    LIMIT_BODY = 1024 * 1024,        /* a text/event-stream body, kept in memory, or any on other paths; more is 413 */
    LIMIT_UPLOAD = 64 * 1024 * 1024, /* any other body for a stream, read and dropped; more is 413 */
    LIMIT_BODY_KEPT = 4 * 1024,      /* the first bytes of a body, for echo and /log */
    LIMIT_JSON_DEPTH = 512,          /* nested arrays and objects of a JSON body; a deeper one is not read as JSON */
    LIMIT_JSON_MEMBER = 256,         /* the id or model in a JSON body, as written; a longer one is ignored */
    LIMIT_CHUNK_LINE = 256,          /* a chunk-size line with its extensions; more is 400 */
    LIMIT_TRAILERS = 8 * 1024,       /* trailer section of a chunked body; more is 431 */
    LIMIT_READ_AHEAD = 16 * 1024,    /* room after the head for body bytes and pipelined requests */
    LIMIT_REQUESTS = 10 * 1000,      /* requests on one connection; the last response says "close" */

    /* What its parameters may be. */
    LIMIT_PARAMETERS = 256,               /* in one request */
    LIMIT_CASE_PARAMETERS = 32,           /* in one named case */
    LIMIT_VALUE = 4 * 1024,               /* a decoded value; raw may be longer, up to the size of the target or body */
    LIMIT_LINE = 256,                     /* event and retry, decoded */
    LIMIT_LIST = 1024,                    /* values of interval, gap and split */
    LIMIT_SUBSTITUTE = 1024,              /* what `sub` puts in the place of one name; the rest is cut off */
    LIMIT_SUBSTITUTING = 8 * 1024 * 1024, /* bytes that `sub` reads for one pass, and /expect for all; more is 400 */
    LIMIT_METHOD = 24,                   /* a method with its NUL, in a prefix and in /log; a longer one is cut there */
    LIMIT_COUNTED_MESSAGES = 100 * 1000, /* messages of a body with Content-Length */
    LIMIT_COOKIE_S = 60 * 60,            /* seconds: the lifetime of a cookie that a response sets */
    LIMIT_HANG_MS = 10 * 60 * 1000,      /* a stream that hangs at its end; then it is closed */

    /* What the server writes. */
    LIMIT_WRITER = 64 * 1024,    /* output gathered before it is written */
    LIMIT_RESPONSE_HEAD = 1024,  /* status line and header fields */
    LIMIT_EVENT = 1024,          /* one event of the stream, without its padding */
    LIMIT_PIECE = 512 * 1024,    /* a piece that is built before it is sent; no request can make a larger one */
    LIMIT_WHOLE = 480 * 1024,    /* the whole text of a stream whose format repeats it at the end; more is 400 */
    LIMIT_WHY = 320,             /* the one line that says why there is no shared file */
    LIMIT_REASON = 480,          /* the line with the reason of a refusal */
    LIMIT_BUFFER = 1024 * 1024,  /* bytes of a body that are held back; more are sent */
    LIMIT_EXPECT = 1024 * 1024,  /* a body of /expect, and one event in it; more is 400 */
    LIMIT_EXPECT_PIECES = 16384, /* pieces of such a body; more is 400 */
    LIMIT_LOG_LINE = 1024,       /* one line of the log; a longer one is cut */

    /* How long a client may take. */
    LIMIT_HEAD_MS = 10 * 1000,   /* for a whole head, and again for a whole body; more is 408 */
    LIMIT_SILENCE_MS = 1000,     /* for the first byte on standard input; then the log has a hint */
    LIMIT_IDLE_MS = 60 * 1000,   /* between two requests on one connection; then it is closed */
    LIMIT_WRITE_MS = 30 * 1000,  /* a write without progress; then the connection is dropped */
    LIMIT_PRINT_MS = 86400000,   /* the same for -C, whose reader may be a person with a pager */
    LIMIT_HALF_CLOSED_MS = 5000, /* a wait of a stream whose client sends no more; a longer one ends the stream */
    LIMIT_LINGER_MS = 1000,      /* reading on after a refusal, so that it arrives (RFC 9112, 9.6) */
    LIMIT_STOP_MS = 500,         /* for the last bytes after SIGTERM or SIGINT */

    /* What the operator may set, and how long a health check and a stop may take. */
    LIMIT_SECONDS = 24 * 60 * 60,  /* the largest time that an option takes */
    LIMIT_HEALTHCHECK_MS = 2000,   /* waiting for the answer; then the server is unhealthy */
    LIMIT_STOP_CHILDREN_MS = 2000, /* from the listener's SIGTERM to its children to SIGKILL */

    /* What is shared. */
    LIMIT_CLIENTS = 32000,           /* streams in the shared file at a time; more is 503 */
    LIMIT_FILE_MS = 5000,            /* waiting for the process that makes the shared file; then serving without it */
    LIMIT_CUTS = 3,                  /* times that a process extends a shared file that was cut short */
    LIMIT_KEEP_MS = 4000,            /* a stream that waits longer looks after its slot meanwhile */
    LIMIT_DAMAGE_MS = 5000,          /* for a stream to claim its slot again after damage to the file */
    LIMIT_KEYS = 8192,               /* keys that have counts of attempts; the least recently used one makes room */
    LIMIT_ATTEMPTS = 4096,           /* attempts in the journal; the oldest of the key with the most makes room */
    LIMIT_FAIR_ATTEMPTS = 16,        /* a key with at most this many does not count as large */
    LIMIT_LOG_FIELDS = 16,           /* names in the parameter log; more is 400 */
    LIMIT_LOG_NAMES = 512,           /* these names together; more is 400 */
    LIMIT_LOG_FIELD = 256,           /* the value of such a field; a longer one is cut */
    LIMIT_DETAILS = 9 * 1024,        /* the fields of log, the body's beginning and a long target of an attempt */
    LIMIT_JOURNAL_MS = 2000,         /* waiting for the journal; then going on without it */
    LIMIT_KEY_LENGTH = 64,           /* a key */
    LIMIT_KEY = 72,                  /* a key with its NUL, in whole words */
    LIMIT_PEER = 72,                 /* "[address%scope]:port", with its NUL */
    LIMIT_PATH = 4096,               /* a path that the operator gives */
    LIMIT_PASSWD = 64 * 1024,        /* the part of /etc/passwd that is searched for the user of -u */
    LIMIT_TOKEN = 4096,              /* the secret */
    LIMIT_SOCKETS = 16,              /* listening sockets that LISTEN_FDS passes */
    LIMIT_BACKLOG = 65535,           /* connections that wait to be accepted; net.core.somaxconn caps it */
    LIMIT_LINGERING_CLOSES = 32,     /* clients that were turned away and may still read their answer */
    LIMIT_CONNECTIONS = 32 * 1024,   /* processes of one listener at a time */
    LIMIT_MEMORY = 64 * 1024 * 1024, /* of one process */
    LIMIT_PAUSE_MS = 100,            /* the listener's pause when it is out of processes or descriptors */
};

#endif
