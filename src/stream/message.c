/* The events of the stream. Nothing fails that has LIMIT_EVENT bytes of room. */
#include "stream/message.h"

#include "stream/random.h"

static const char id_prefix[] = "message-";

void hello_text(struct text *text, const char *peer)
{
    text_string(text, "id: hello\ndata: Hello, ");
    text_string(text, peer);
    text_string(text, "!\n\n");
}

void message_text(struct text *text, uint64_t number, uint64_t seconds)
{
    char letters[RANDOM_LETTERS];
    random_letters(number, letters);
    text_string(text, "id: ");
    text_string(text, id_prefix);
    text_number(text, number);
    text_string(text, "\ndata: {\ndata:   \"time\": ");
    text_number(text, seconds);
    text_string(text, ",\ndata:   \"random\": \"");
    text_bytes(text, letters, sizeof letters);
    text_string(text, "\"\ndata: }\n\n");
}

bool message_number(struct span id, uint64_t *number)
{
    uint64_t value;
    if (!span_starts(id, id_prefix) || !span_number(span_after(id, sizeof id_prefix - 1), INT64_MAX, &value) ||
        value == 0)
        return false;
    *number = value;
    return true;
}
