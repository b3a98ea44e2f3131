/*
 * The length of a planned stream, for Content-Length. Pure.
 */
#ifndef STREAM_SOURCE_LENGTH_H
#define STREAM_SOURCE_LENGTH_H

#include "stream/source.h"

/*
 * The length of all pieces, bytes. Uses the source up. Only for a plan that ends and has at most LIMIT_COUNTED_MESSAGES
 * messages. `realtime` (ns) is when the stream is sent.
 */
uint64_t source_length(struct source *source, int64_t realtime);

#endif
