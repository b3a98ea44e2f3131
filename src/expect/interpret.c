/*
 * All bytes since the last blank line are kept unchanged, because a client discards them if the stream ends. The event
 * type and the ID are spans of them. The only failure is an overflow.
 */
#include "expect/interpret.h"

#include <string.h>

static const char bom[] = "\xef\xbb\xbf";

void interpret_open(struct interpreter *interpreter, struct text event, struct text data, struct text last_event_id,
                    interpret_dispatch *dispatch, void *context)
{
    *interpreter = (struct interpreter){
        .event = event, .data = data, .last_event_id = last_event_id, .dispatch = dispatch, .context = context};
}

/* A time is any number of ASCII digits, at least one. */
static void set_reconnection_time(struct interpreter *interpreter, struct span value)
{
    uint64_t time = 0;
    if (value.length == 0)
        return;
    for (size_t i = 0; i < value.length; i++) {
        unsigned digit = (unsigned char)value.at[i] - (unsigned)'0';
        if (digit > 9)
            return;
        time = time > (UINT64_MAX - digit) / 10 ? UINT64_MAX : time * 10 + digit;
    }
    interpreter->reconnection_time = time;
    interpreter->has_reconnection_time = true;
}

static void set_id(struct interpreter *interpreter, struct span value)
{
    if (value.length > 0 && memchr(value.at, '\0', value.length) != NULL) {
        interpreter->traits |= INTERPRET_NUL;
        return;
    }
    interpreter->id = value;
    interpreter->has_id = true;
}

/* Names are case-sensitive. Other fields are ignored. */
static void take_field(struct interpreter *interpreter, struct span name, struct span value)
{
    if (span_is(name, "data")) {
        text_span(&interpreter->data, value);
        text_string(&interpreter->data, "\n");
    } else if (span_is(name, "event")) {
        interpreter->type = value;
    } else if (span_is(name, "id")) {
        set_id(interpreter, value);
    } else if (span_is(name, "retry")) {
        set_reconnection_time(interpreter, value);
    }
}

/* A line that is not blank. A comment is a field with an empty name, ignored like every unknown field. */
static void take_line(struct interpreter *interpreter, struct span line)
{
    struct span value = line;
    struct span name = span_cut(&value, ':');
    if (span_starts(line, bom))
        interpreter->traits |= INTERPRET_BOM;
    if (span_starts(value, " "))
        value = span_after(value, 1);
    take_field(interpreter, name, value);
}

/* At a blank line, the last event ID buffer becomes the event source's ID. Later events keep it. */
static void commit_id(struct interpreter *interpreter)
{
    interpreter->traits |= INTERPRET_BLANK;
    if (!interpreter->has_id) {
        interpreter->traits |= interpreter->past_first_id ? 0 : INTERPRET_LATE_ID;
        return;
    }
    interpreter->traits |= interpreter->data.length == 0 ? INTERPRET_NO_DATA : 0;
    interpreter->last_event_id.length = 0;
    text_span(&interpreter->last_event_id, interpreter->id);
    interpreter->has_id = false;
    interpreter->past_first_id = true;
}

/* A blank line. Each data field appends its value and LF, so an empty buffer means that there was none. */
static void end_event(struct interpreter *interpreter)
{
    commit_id(interpreter);
    if (interpreter->data.length > 0 && !interpreter->last_event_id.truncated) {
        struct event event = {
            .type = interpreter->type.length > 0 ? interpreter->type : span_of("message"),
            .data = {interpreter->data.at, interpreter->data.length - 1},
            .last_event_id = text_written(&interpreter->last_event_id),
        };
        interpreter->dispatch(interpreter->context, &event);
    }
    interpreter->type = (struct span){NULL, 0};
    interpreter->data.length = 0;
    interpreter->event.length = 0;
}

/* The decoder removes one byte order mark at the front of the stream. It is not part of an event. */
static void strip_byte_order_mark(struct interpreter *interpreter)
{
    struct text *event = &interpreter->event;
    if (!interpreter->past_first_line && span_starts(text_written(event), bom)) {
        event->at += sizeof bom - 1;
        event->length -= sizeof bom - 1;
        event->capacity -= sizeof bom - 1;
    }
    interpreter->past_first_line = true;
}

/* A line ends in LF, CR or CR LF. A piece may end between CR and LF. */
static void take_line_end(struct interpreter *interpreter, const char *end)
{
    struct text *event = &interpreter->event;
    bool second = *end == '\n' && interpreter->carriage && event->length == interpreter->line;
    bool blank = false;
    interpreter->carriage = *end == '\r';
    strip_byte_order_mark(interpreter);
    struct span line = span_after(text_written(event), interpreter->line);
    if (second)
        blank = interpreter->line == 0;
    else if (line.length > 0)
        take_line(interpreter, line);
    else {
        end_event(interpreter);
        blank = true;
    }
    if (!blank)
        text_bytes(event, end, 1);
    interpreter->line = event->length;
}

static size_t up_to_line_end(struct span bytes)
{
    size_t length = 0;
    while (length < bytes.length && bytes.at[length] != '\n' && bytes.at[length] != '\r')
        length++;
    return length;
}

void interpret_bytes(struct interpreter *interpreter, struct span bytes)
{
    while (bytes.length > 0 && !interpreter->overflow) {
        size_t length = up_to_line_end(bytes);
        text_bytes(&interpreter->event, bytes.at, length);
        if (length < bytes.length && !interpreter->event.truncated)
            take_line_end(interpreter, bytes.at + length++);
        bytes = span_after(bytes, length);
        interpreter->overflow =
            interpreter->event.truncated || interpreter->data.truncated || interpreter->last_event_id.truncated;
    }
}

void interpret_end(struct interpreter *interpreter)
{
    strip_byte_order_mark(interpreter);
    interpreter->discarded = text_written(&interpreter->event);
    struct span line = span_after(interpreter->discarded, interpreter->line);
    if (interpreter->data.length > 0 || span_starts(line, "data"))
        interpreter->traits |= INTERPRET_UNFINISHED;
    if (interpreter->carriage && line.length == 0)
        interpreter->traits |= INTERPRET_CARRIAGE;
}
