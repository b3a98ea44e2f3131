/* Hello and messages. */
#include "stream/message.h"

#include "base/go_rand.h"
#include "base/limits.h"
#include "plan/message_id.h"

void message_line(struct text *text, const char *name, struct span value, const char *eol)
{
    text_string(text, name);
    text_span(text, value);
    text_string(text, eol);
}

void message_hello(struct text *text, const char *peer, const char *eol)
{
    message_line(text, "id: hello", (struct span){"", 0}, eol);
    text_string(text, "data: Hello, ");
    text_string(text, peer);
    message_line(text, "!", span_of(eol), eol);
}

/* Up to and including the time, the only part of the data whose length varies. */
static void open_data(struct text *text, const struct message *message)
{
    text_string(text, "id: ");
    text_string(text, MESSAGE_ID_PREFIX);
    text_number(text, message->number);
    text_string(text, message->eol);
    if (message->event.at != NULL)
        message_line(text, "event: ", message->event, message->eol);
    message_line(text, "data: {", (struct span){"", 0}, message->eol);
    text_string(text, "data:   \"time\": ");
    text_number(text, message->seconds);
    message_line(text, ",", (struct span){"", 0}, message->eol);
}

/* The length of the data without padding, as a client sees it: lines joined by LF, whatever `eol` is. */
static uint64_t bare_length(const struct message *message)
{
    char room[20];
    struct text seconds = text_in(room, sizeof room);
    text_number(&seconds, message->seconds);
    return sizeof "{\n  \"time\": ,\n  \"random\": \"\",\n  \"padding\": \"\"\n}" - 1 + GO_RAND_LETTERS +
           seconds.length;
}

uint64_t message_text(struct text *text, const struct message *message)
{
    char letters[GO_RAND_LETTERS];
    go_rand_letters(message->number, letters);
    open_data(text, message);
    text_string(text, "data:   \"random\": \"");
    text_bytes(text, letters, sizeof letters);
    if (message->size == 0) {
        message_end_text(text, message);
        return 0;
    }
    message_line(text, "\",", (struct span){"", 0}, message->eol);
    text_string(text, "data:   \"padding\": \"");
    return message->size - bare_length(message);
}

void message_end_text(struct text *text, const struct message *message)
{
    message_line(text, "\"", (struct span){"", 0}, message->eol);
    message_line(text, "data: }", span_of(message->eol), message->eol);
}

struct piece message_planned(const struct plan *plan, uint64_t number, uint64_t seconds, struct text *text)
{
    char room[LIMIT_LINE];
    struct text event = text_in(room, sizeof room);
    plan_text(plan, P_EVENT, &event);
    const struct message message = {
        .number = number,
        .seconds = seconds,
        .eol = plan_line_end(plan),
        .event = {plan_has(plan, P_EVENT) ? room : NULL, event.length},
        .size = plan_number(plan, P_SIZE),
    };
    struct piece piece = {.padding = message_text(text, &message)};
    piece.front = text_written(text);
    if (message.size > 0) {
        struct text back = text_in(text->at + text->length, text->capacity - text->length);
        message_end_text(&back, &message);
        piece.back = text_written(&back);
    }
    return piece;
}
