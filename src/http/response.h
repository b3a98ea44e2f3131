/*
 * The head of a response: status line and header fields, in the order of the original Go program. Pure: the caller
 * gives the date.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/text.h"
#include "http/method.h"

enum framing {
    FRAMING_NONE,    /* no body */
    FRAMING_LENGTH,  /* Content-Length */
    FRAMING_CHUNKED, /* Transfer-Encoding: chunked */
    FRAMING_CLOSE,   /* the body ends when the connection closes */
};

struct response {
    int status;
    enum framing framing;
    uint64_t length;     /* bytes, with FRAMING_LENGTH */
    struct span reason;  /* reason phrase; at == NULL: the usual one of the status */
    struct span type;    /* Content-Type; empty: omit the field */
    struct span fields;  /* further whole lines, each with its CR LF */
    bool has_own_cors;   /* `fields` has the CORS fields, if any */
    bool is_exposed;     /* a page of another origin may read X-Expected-Events and the `exposed` fields */
    struct span exposed; /* names among `fields`, with ", " between them */
    bool keep_alive;     /* write "Connection: keep-alive" for HTTP/1.1 too, if the connection persists */
    bool preflight;      /* write the CORS fields of a preflight */
    unsigned withheld;   /* methods that it does not offer: a set of enum method */
    struct span method;  /* a method that it offers in addition; at == NULL: none */
    bool no_cache;       /* Cache-Control: no-cache */
    bool counted;        /* X-Expected-Events: expected_events */
    uint64_t expected_events;
    unsigned allow; /* Allow: a set of enum method; 0: omit the field */
    bool persists;  /* the connection serves further requests after this response */
};

/* Whole field lines for `fields`. A browser must not guess a type other than the one it is told. */
#define RESPONSE_NOSNIFF "X-Content-Type-Options: nosniff\r\n"
#define RESPONSE_RETRY_LATER "Retry-After: 5\r\n" /* seconds */

/* A time that means: omit the Date field. */
#define RESPONSE_NO_DATE INT64_C(-1)

/* Appends the head, its empty line included, in answer to a request of HTTP/1.`minor` at `realtime` (ns since 1970). */
void response_head(struct text *text, const struct response *response, int minor, int64_t realtime);

#endif
