/*
 * Parses the head of a request (RFC 9112, 2 to 6). Pure.
 *
 * The spans of a request point into the parsed bytes and are valid as long as those are.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "http/method.h"
#include "http/refusal.h"

struct request {
    struct span head; /* the whole head, with its empty line; set even if the request is refused */
    enum method method;
    struct span method_name;
    struct span target;     /* as received */
    struct span path;       /* percent-encoded, begins with "/"; or "*" */
    struct span query;      /* after "?"; empty if there is none */
    struct span experiment; /* of a path under /with/, decoded; at == NULL: none. request_parse() does not set it */
    int minor;              /* 0 for HTTP/1.0; 1 for HTTP/1.1 and every later 1.x */
    bool has_host;
    bool asks_close;       /* Connection: close */
    bool asks_keep_alive;  /* Connection: keep-alive */
    bool expects_continue; /* Expect: 100-continue */
    bool has_length;       /* Content-Length was given: content_length is set */
    bool chunked;          /* Transfer-Encoding: chunked */
    uint64_t content_length;
    struct span content_type; /* these three are empty if the field is absent */
    struct span authorization;
    struct span last_event_id;
};

/* The length in bytes of the empty lines at the front, which a server ignores (RFC 9112, 2.2). */
size_t request_skip_empty(const char *bytes, size_t length);

/*
 * The length of the head at `bytes`, with its empty line. 0 if it is incomplete. An earlier call has found no end in
 * the first `searched` bytes.
 */
size_t request_head_length(const char *bytes, size_t length, size_t searched);

/* Parses a complete head. Returns 0, or the status of the refusal: 400, 414, 417, 501 or 505. */
int request_parse(struct span head, struct request *request, struct refusal *refusal);

/* The client keeps the connection open after the response, if the server does (RFC 9112, 9.3). */
bool request_persists(const struct request *request);

#endif
