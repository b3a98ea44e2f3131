/*
 * The shape of a planned response: framing, length, how it ends. Pure.
 */
#ifndef PLAN_SHAPE_H
#define PLAN_SHAPE_H

#include "http/response.h"
#include "plan/plan.h"

/* The words of the parameter `end`, in their order. */
enum end {
    END_CLOSE,    /* properly */
    END_HANG,     /* nothing more comes, and the connection stays open */
    END_RESET,    /* a TCP reset */
    END_TRUNCATE, /* closed before the body is whole */
    END_BADCHUNK, /* a chunk size that is no number, and closed */
};

/* How the body is framed: as asked, else by chunks, or by the end of the connection for HTTP/1.0. */
enum framing shape_framing(const struct plan *plan, const struct request *request);

/* The wait between two messages, or raw pieces, ns. */
int64_t shape_interval(const struct plan *plan);

/* The line end of hello and messages, and of what stands between them. */
const char *shape_line_end(const struct plan *plan);

/* Everything goes out as fast as the client reads, gathered into large writes. */
bool shape_batches(const struct plan *plan);

/*
 * The last message leaves with the end of the body, a write less: see leave() for what that is worth. Pieces of the
 * caller's are written as they are.
 */
bool shape_joins_end(const struct plan *plan);

/* The head leaves in a write of its own, so that those of the body are as asked. */
bool shape_has_head_apart(const struct plan *plan);

/*
 * The Content-Length to tell, of a body of `total` bytes. One that is to be broken off is told to be longer than what
 * comes.
 */
uint64_t shape_length(const struct plan *plan, uint64_t total);

#endif
