/* Where an event ends. Nothing fails: any bytes are a body. */
#include "plan/event_block.h"

/* The length of the first line, with its line end. */
static size_t line_length(struct span bytes, bool *is_blank)
{
    size_t length = 0;
    while (length < bytes.length && bytes.at[length] != '\n' && bytes.at[length] != '\r')
        length++;
    *is_blank = length == 0;
    if (length < bytes.length && bytes.at[length++] == '\r' && length < bytes.length && bytes.at[length] == '\n')
        length++;
    return length;
}

struct span event_block_next(struct span *rest)
{
    struct span block = {rest->at, 0};
    bool has_lines = false, has_ended = false;
    while (rest->length > 0) {
        bool is_blank;
        size_t length = line_length(*rest, &is_blank);
        if (has_ended && !is_blank)
            break;
        has_lines = has_lines || !is_blank;
        has_ended = has_lines && is_blank;
        block.length += length;
        *rest = span_after(*rest, length);
    }
    return block;
}
