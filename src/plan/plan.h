/*
 * The plan: everything that a stream will do, decided before its first byte. Pure. make.h makes one.
 *
 * A plan holds numbers, and spans of the request that are still encoded. It is valid as long as the request is.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "formats/format.h"
#include "http/json_scan.h"
#include "http/request.h"
#include "http/response.h"
#include "plan/list.h"
#include "plan/pairs.h"

/* The words of the parameter `end`, in their order. */
enum end {
    END_CLOSE,    /* properly */
    END_HANG,     /* sends nothing more, and keeps the connection open */
    END_RESET,    /* a TCP reset */
    END_TRUNCATE, /* closes before the body is complete */
    END_BADCHUNK, /* sends a chunk size that is not a number, and closes */
};

struct plan {
    uint64_t first; /* number of the first message, 1 to 2^63 */
    uint64_t count; /* messages to send; UINT64_MAX: no limit */
    bool counted;   /* the request has `count`: report it in X-Expected-Events */
    bool is_whole;  /* the path is that of an answer that is not streamed */

    uint64_t attempt;                /* which attempt of its client this is, from 1 */
    uint64_t given;                  /* a bit for each parameter that holds for this attempt */
    unsigned char ranks[PARAMETERS]; /* enum rank of each given value */
    struct span method;              /* of the request; for a preflight, the method that it asks for */
    struct span body;                /* a text/event-stream body, sent instead of messages; at == NULL: none */
    struct span last_id;             /* the last event ID of the client, decoded; empty: none */
    const struct json_members *json; /* of a JSON body; NULL: none */
    const struct format *format;     /* of the messages; NULL: the original's, or no messages */
    struct span model;               /* the model that the request names, as in a string of JSON; empty: none */
    uint64_t skipped;                /* events of the format that are left out, because the client has them */
    const struct pairs *pairs;       /* where the values of raw and header are */
    union value values[PARAMETERS];  /* of the given parameters */
};

bool plan_has(const struct plan *plan, enum parameter_name name);

/* The value of a numeric parameter, or its default from the table. Times are in ns. */
uint64_t plan_number(const struct plan *plan, enum parameter_name name);

/* Appends the decoded text of a parameter; nothing if it was not given. */
void plan_text(const struct plan *plan, enum parameter_name name, struct text *text);

/* From now on, the parameter counts as not given: its default holds. */
void plan_forget(struct plan *plan, enum parameter_name name);

/*
 * The next value, still encoded, of a parameter that can be repeated. *index is 0 at first; the function advances it.
 * False at the end.
 */
bool plan_next(const struct plan *plan, unsigned *index, enum parameter_name name, struct span *value);

/* The stream is the hello and messages; not raw pieces, not a body. */
bool plan_has_messages(const struct plan *plan);

/* The body is the error of a format, as JSON: the stream has a format, and a status of 400 or more. */
bool plan_is_error(const struct plan *plan);

/* The request is one of the format's API, and asks for an answer that is not streamed: by its path or in its JSON. */
bool plan_wants_no_stream(const struct plan *plan);

/* The request uses only what the original Go program had. */
bool plan_is_plain(const struct plan *plan);

/* One more than the number of the last message; 2^63 if the stream is endless. */
uint64_t plan_end(const struct plan *plan);

/* The framing of the body. By default chunked, or close for HTTP/1.0. */
enum framing plan_framing(const struct plan *plan, const struct request *request);

/* The waits that `interval` or `gap` gives. Default: a second between two messages, no other wait. */
struct waits plan_waits(const struct plan *plan, enum parameter_name name);

/* The line end of the hello, messages and comments. */
const char *plan_line_end(const struct plan *plan);

/* The length of the line with `retry` that precedes raw pieces and bodies, with its LF; 0: there is none. */
uint64_t plan_retry_length(const struct plan *plan);

/* The stream goes out as fast as the client reads, several messages in one write. */
bool plan_batches(const struct plan *plan);

/* Such a stream has messages that differ only in their numbers, letters and times, and each is one chunk. */
bool plan_is_uniform(const struct plan *plan);

/*
 * The last message leaves in one write with the end of the body: exit_process() says what a write costs. Raw pieces
 * keep their own writes.
 */
bool plan_joins_end(const struct plan *plan);

/* The head leaves in its own write, so that the writes of the body are as requested. */
bool plan_has_separate_head(const struct plan *plan);

/* The Content-Length to announce for a body of `total` bytes. It is too long if the stream is to be broken off. */
uint64_t plan_length(const struct plan *plan, uint64_t total);

/* How many bytes `buffer` gathers before it sends them as one write; 0: it holds nothing back. */
size_t plan_block_size(const struct plan *plan);

#endif
