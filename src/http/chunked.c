/* The chunked coding. Nothing fails. */
#include "http/chunked.h"

void chunked_size(struct text *text, uint64_t length)
{
    text_hex(text, length);
    text_string(text, "\r\n");
}

void chunked_chunk(struct text *text, struct span data)
{
    chunked_size(text, data.length);
    text_span(text, data);
    text_string(text, CHUNKED_DATA_END);
}
