/*
 * A connection: all memory that it needs, and the operator's settings. A process has one, for its whole life.
 */
#ifndef SERVE_CONNECTION_H
#define SERVE_CONNECTION_H

#include "base/writer.h"
#include "expect/expect.h"
#include "http/reader.h"
#include "http/request.h"
#include "http/token.h"
#include "plan/make.h"
#include "scoreboard/record.h"
#include "scoreboard/scoreboard.h"
#include "serve/routes.h"
#include "stream/source.h"

/* Set once by main, read by every connection. */
struct service {
    const char *token_file;  /* AUTH_TOKEN_FILE; NULL or empty: not set */
    const char *token_value; /* AUTH_TOKEN; NULL or empty: not set */
    int64_t head_ms, idle_ms, write_ms;
    void (*on_silence)(void); /* called once if a client sends nothing for LIMIT_SILENCE_MS; NULL: nothing */
    struct scoreboard *scoreboard;
};

/* One request and its response. */
struct exchange {
    struct request request;
    enum route route;
    struct content content;     /* the body, if it is kept */
    struct arrived arrived;     /* size and CRC-32 of the body */
    struct refusal refusal;     /* its reason is empty unless the request was refused */
    int status;                 /* of the response; 0: none yet */
    bool whole;                 /* the whole request was read, so another one can follow */
    uint64_t bytes, events;     /* sent so far: bytes of the body, and events or raw pieces */
    int64_t closed_after;       /* ns from `began` until the client ended its sending side; 0: not known */
    struct journal_entry entry; /* in the journal; its ticket is 0 if it was not entered there */
    bool persists;              /* the connection can serve another request */
    bool resets;                /* the client asked for a reset at the end */
    int64_t began;              /* monotonic, ns: when the head was complete */
};

/* Memory that few requests touch. */
struct cold {
    char token[LIMIT_TOKEN + 1];     /* a token that does not fit struct token */
    char reason[LIMIT_REASON];       /* of a refusal */
    char value[LIMIT_VALUE];         /* the parameter lastEventId, decoded */
    char experiment[LIMIT_TARGET];   /* of a path under /with/, decoded */
    char beginning[LIMIT_BODY_KEPT]; /* of the body */
    struct json_scan json;           /* of a JSON body */
    struct source_room pieces;       /* pieces; before the first one, the fields of the head */
    char body[LIMIT_BODY];           /* a text/event-stream body */
    char held[LIMIT_BUFFER];         /* what the parameter buffer holds back */
    struct expect_room expect;
    struct pair pairs[PAIRS_MOST];
    struct attempt attempt; /* of the journal, with its details */
    struct details details;
    struct journal_entry entries[LIMIT_ATTEMPTS]; /* for /log */
    char record[RECORD_ROOM];
};

/* Memory that is never touched costs nothing, so the buffers are large. Each is used from its front. */
struct connection {
    const struct service *service;
    struct client *clients; /* room for LIMIT_CLIENTS, for /status */
    struct cold *cold;
    struct reader *reader;
    const char *peer;
    struct exchange exchange;
    struct plan plan;
    struct source source;
    struct token token;
    struct pairs pairs;
    struct writer writer;
    char form[LIMIT_FORM];
};

#endif
