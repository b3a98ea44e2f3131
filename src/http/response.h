/*
 * The head of a response: status line and header fields, in the order the original wrote them. Pure, but for the date,
 * which the caller gives.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/text.h"
#include "http/request.h"

enum framing {
    FRAMING_NONE,    /* no body, and no field about one unless the status needs it: 204 */
    FRAMING_LENGTH,  /* Content-Length */
    FRAMING_CHUNKED, /* Transfer-Encoding: chunked */
    FRAMING_CLOSE,   /* the body ends with the connection */
};

struct response {
    int status;
    enum framing framing;
    uint64_t length;    /* bytes, with FRAMING_LENGTH */
    struct span reason; /* the phrase; at == NULL: the one that goes with the status */
    struct span type;   /* Content-Type, empty: none */
    struct span fields; /* whole further lines, each with its CR LF */
    bool has_own_cors;  /* they are among `fields`, as far as there are any */
    bool keep_alive;    /* say that it persists; otherwise only HTTP/1.0 is told */
    bool preflight;     /* Access-Control fields for OPTIONS rather than for a response that is read */
    bool no_cache;      /* Cache-Control: no-cache */
    bool counted;       /* X-Expected-Events: */
    uint64_t expected_events;
    unsigned allow; /* Allow: these methods; 0: no such field */
    bool persists;  /* the connection serves on after this response */
};

/* The phrase that goes with a status (RFC 9110, 15), "" for one that this program does not send. */
const char *status_phrase(int status);

/* A response with that status may have a body (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
bool status_has_body(int status);

/* "GET, HEAD": the methods of a set, in the order of enum method. */
void text_methods(struct text *text, unsigned methods);

/* Instead of a time: no Date field. */
#define NO_DATE INT64_C(-1)

/* The whole head, its empty line included, in answer to a request of HTTP/1.`minor`, at `realtime` ns. */
void response_head(struct text *text, const struct response *response, int minor, int64_t realtime);

/* The line in front of a chunk of `length` bytes. */
void chunk_line(struct text *text, uint64_t length);

/* `content` as one chunk (RFC 9112, 7.1). It must not be empty: that would be the last chunk. */
void chunk(struct text *text, struct span content);

#endif
