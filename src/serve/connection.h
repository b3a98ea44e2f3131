/*
 * A connection: all the memory it needs, and what the operator decided. There is one in a process, for its whole life.
 */
#ifndef SERVE_CONNECTION_H
#define SERVE_CONNECTION_H

#include "base/writer.h"
#include "expect/expect.h"
#include "http/reader.h"
#include "http/request.h"
#include "http/token.h"
#include "plan/make.h"
#include "scoreboard/attempt.h"
#include "scoreboard/scoreboard.h"
#include "stream/source.h"

/* Set once by main, read by every connection. */
struct service {
    const char *token_file;  /* AUTH_TOKEN_FILE, NULL or empty: not set */
    const char *token_value; /* AUTH_TOKEN, likewise */
    int64_t head_ms, idle_ms, write_ms;
    struct scoreboard *scoreboard;
};

/* One request, and what became of it. */
struct exchange {
    struct request request;
    const struct route *route; /* answer.c's, NULL: there is nothing at this path */
    unsigned allowed;          /* methods at this path, once it is known */
    struct content content;    /* its body, as far as it was kept */
    struct arrived arrived;    /* all of its body */
    struct refusal refusal;    /* its reason is empty unless the request was refused */
    int status;                /* what was answered; 0: nothing yet */
    bool whole;                /* all of it was read, so that a next one may follow */
    uint64_t bytes, events;    /* sent of a stream: of its body, and events or raw pieces */
    uint64_t ticket;           /* in the journal; 0: it is not kept there */
    bool persists;             /* the connection may serve another request */
    bool resets;               /* the connection ends here, by a reset: that was asked for */
    int64_t began;             /* monotonic: when its head was there */
};

/* Memory that few requests need: bodies that are sent back, and what is put together from them. */
struct cold {
    char token[LIMIT_TOKEN + 1]; /* a long one */
    char value[LIMIT_VALUE];     /* an id that a parameter gives */
    struct source_room pieces;   /* and the fields of a head, before there are pieces */
    char body[LIMIT_BODY];       /* a body of text/event-stream */
    struct expect_room expect;
    struct attempt attempts[LIMIT_ATTEMPTS]; /* the journal's; the first one also for an attempt that begins */
};

/* Buffers are used from their front, and memory that is not touched costs nothing, so none of them is small. */
struct connection {
    const struct service *service;
    struct client *clients; /* room for LIMIT_CLIENTS, for /status */
    struct cold *cold;
    const char *peer;
    struct exchange exchange;
    struct plan plan;
    struct source source;
    struct token token;
    struct pairs pairs; /* here its first entries share a page with what every request touches */
    struct writer writer;
    struct reader reader;
    char form[LIMIT_FORM];
};

#endif
