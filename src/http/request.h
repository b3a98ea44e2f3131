/*
 * The head of a request: its bytes in, what they mean out (RFC 9112, 2 to 6). Pure.
 *
 * Every span of a request points into the bytes it was parsed from and holds as long as they do.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/span.h"
#include "http/refusal.h"

enum method {
    METHOD_GET = 1 << 0,
    METHOD_HEAD = 1 << 1,
    METHOD_POST = 1 << 2,
    METHOD_OPTIONS = 1 << 3,
    METHOD_DELETE = 1 << 4,
    METHOD_OTHER = 1 << 5,
};

struct request {
    struct span
        head; /* all of it, the empty line included; response_fields.h takes it apart. Set even if it is refused */
    enum method method;
    struct span method_name;
    struct span target; /* as it came */
    struct span path;   /* percent-encoded, begins with "/"; or "*" */
    struct span query;  /* behind "?", empty if there is none */
    int minor;          /* HTTP/1.0 or HTTP/1.1; what claims to be later than 1.1 is served as 1.1 */
    bool has_host;
    bool asks_close;       /* Connection: close */
    bool asks_keep_alive;  /* Connection: keep-alive */
    bool expects_continue; /* Expect: 100-continue */
    bool has_length;       /* Content-Length was given, in content_length */
    bool chunked;          /* Transfer-Encoding: chunked */
    uint64_t content_length;
    struct span content_type; /* these three are empty when the field is absent */
    struct span authorization;
    struct span last_event_id;
};

/* How many of the first `length` bytes are empty lines, which may stand before a request line (RFC 9112, 2.2). */
size_t request_skip_empty(const char *bytes, size_t length);

/*
 * The length of the head at `bytes`, its empty line included, or 0 if it is not all there. `searched` bytes are known
 * not to hold its end.
 */
size_t request_head_length(const char *bytes, size_t length, size_t searched);

/* Parses a whole head. Returns 0, or the status to refuse it with: 400, 414, 417, 501 or 505. */
int request_parse(struct span head, struct request *request, struct refusal *refusal);

/* The byte may stand in a token (RFC 9110, 5.6.2): methods and field names are made of these. */
bool fields_is_tchar(char byte);

/* Whether the connection may serve another request after this one, if its response allows (RFC 9112, 9.3). */
bool request_persists(const struct request *request);

#endif
