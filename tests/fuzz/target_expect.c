/*
 * The interpreter of event streams. The input is two bytes, which give the cuts and the memory for an event, then the
 * body. The events and the result must not depend on the cuts. They must agree with a second reader, which is written
 * from the HTML standard, 9.2.6, and reads the whole body at once. What does not fit must be an overflow.
 */
#include "base/json.h"
#include "expect/interpret.h"
#include "fuzz.h"

#include <string.h>

enum { BODY_MOST = 4096, NOTES = 1 << 20 };

struct outcome {
    struct interpreter interpreter;
    struct text notes; /* the events, as strings; truncated if there are too many */
    size_t events;
    char room[NOTES];
};

/* The length before each part makes the notes unambiguous. */
static void note_part(struct text *notes, struct span part)
{
    text_number(notes, part.length);
    text_string(notes, ":");
    text_span(notes, part);
}

static void note_event(void *context, const struct event *event)
{
    struct outcome *outcome = context;
    note_part(&outcome->notes, event->type);
    note_part(&outcome->notes, event->data);
    note_part(&outcome->notes, event->last_event_id);
    outcome->events++;
}

/* Interprets a body. `rooms` are copies, so that a sanitizer sees an overrun. The caller frees them with drop_rooms().
 */
static void read_body(struct span body, const struct span rooms[3], uint32_t seed, struct outcome *outcome)
{
    struct text texts[3];
    for (size_t i = 0; i < 3; i++)
        texts[i] = text_in((char *)(uintptr_t)rooms[i].at, rooms[i].length);
    outcome->notes = text_in(outcome->room, sizeof outcome->room);
    outcome->events = 0;
    interpret_open(&outcome->interpreter, texts[0], texts[1], texts[2], note_event, outcome);
    while (body.length > 0) {
        size_t length = next_piece(&seed);
        struct span piece = copy_of((struct span){body.at, length < body.length ? length : body.length});
        interpret_bytes(&outcome->interpreter, piece);
        body = span_after(body, piece.length);
        drop_copy(piece);
    }
    interpret_end(&outcome->interpreter);
}

static void make_rooms(size_t length, struct span rooms[3])
{
    static const char nothing[BODY_MOST];
    must(length <= sizeof nothing);
    for (size_t i = 0; i < 3; i++)
        rooms[i] = copy_of((struct span){nothing, length});
}

static void drop_rooms(const struct span rooms[3])
{
    for (size_t i = 0; i < 3; i++)
        drop_copy(rooms[i]);
}

static void check_same(const struct interpreter *one, const struct interpreter *other)
{
    must(one->has_reconnection_time == other->has_reconnection_time);
    must(one->reconnection_time == other->reconnection_time);
    must(same_bytes(text_written(&one->last_event_id), text_written(&other->last_event_id)));
    must(same_bytes(one->discarded, other->discarded));
    must(one->traits == other->traits);
}

/* The second reader's state, in the standard's terms. All spans except the data point into the body. */
struct reference {
    char data_room[BODY_MOST * 2];
    struct text data;
    struct span type, id_buffer, id;
    bool has_time;
    uint64_t time;
    struct span rest; /* after the last blank line */
};

/* Takes the first line and its end. Returns false if it has no end. */
static bool reference_line(struct span *rest, struct span *line)
{
    size_t length = 0;
    while (length < rest->length && rest->at[length] != '\r' && rest->at[length] != '\n')
        length++;
    if (length == rest->length)
        return false;
    *line = (struct span){rest->at, length};
    *rest = span_after(*rest, length);
    *rest = span_after(*rest, span_starts(*rest, "\r\n") ? 2 : 1);
    return true;
}

static void reference_retry(struct reference *reader, struct span value)
{
    uint64_t time = 0;
    bool great = false;
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return;
        great = great || __builtin_mul_overflow(time, 10, &time) ||
                __builtin_add_overflow(time, (uint64_t)(value.at[i] - '0'), &time);
    }
    reader->has_time = reader->has_time || value.length > 0;
    if (value.length > 0)
        reader->time = great ? UINT64_MAX : time;
}

static void reference_field(struct reference *reader, struct span line)
{
    const char *colon = memchr(line.at, ':', line.length);
    struct span name = {line.at, colon != NULL ? (size_t)(colon - line.at) : line.length};
    struct span value = span_after(line, name.length + 1);
    value = span_after(value, value.length > 0 && value.at[0] == ' ');
    if (span_is(name, "event"))
        reader->type = value;
    if (span_is(name, "id") && (value.length == 0 || memchr(value.at, 0, value.length) == NULL))
        reader->id_buffer = value;
    if (span_is(name, "retry"))
        reference_retry(reader, value);
    if (!span_is(name, "data"))
        return;
    text_span(&reader->data, value);
    text_string(&reader->data, "\n");
}

static void reference_dispatch(struct reference *reader, struct outcome *outcome)
{
    struct span data = text_written(&reader->data);
    reader->id = reader->id_buffer;
    if (data.length > 0) {
        data.length--;
        note_part(&outcome->notes, reader->type.length == 0 ? span_of("message") : reader->type);
        note_part(&outcome->notes, data);
        note_part(&outcome->notes, reader->id);
    }
    reader->data.length = 0;
    reader->type.length = 0;
}

static void check_reference(struct span body, const struct outcome *outcome)
{
    static struct reference reader;
    static struct outcome own;
    struct span line;
    own.notes = text_in(own.room, sizeof own.room);
    reader.data = text_in(reader.data_room, sizeof reader.data_room);
    reader.type = reader.id_buffer = reader.id = (struct span){NULL, 0};
    reader.has_time = false;
    body = span_after(body, span_starts(body, "\xef\xbb\xbf") ? 3 : 0);
    for (reader.rest = body; reference_line(&body, &line);) {
        if (line.length > 0) {
            reference_field(&reader, line);
            continue;
        }
        reference_dispatch(&reader, &own);
        reader.rest = body;
    }
    must(same_bytes(text_written(&own.notes), text_written(&outcome->notes)));
    must(same_bytes(reader.rest, outcome->interpreter.discarded));
    must(same_bytes(reader.id, text_written(&outcome->interpreter.last_event_id)));
    must(reader.has_time == outcome->interpreter.has_reconnection_time);
    must(!reader.has_time || reader.time == outcome->interpreter.reconnection_time);
}

/* The value of the first character, of `*length` bytes. It must be UTF-8 in its shortest form. */
static uint32_t reference_character(struct span bytes, size_t *length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)bytes.at[0];
    *length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    must(lead < 0x80 || (lead >= 0xc0 && lead < 0xf8));
    must(*length <= bytes.length);
    uint32_t value = *length == 1 ? lead : lead & (0xffU >> (*length + 1));
    for (size_t i = 1; i < *length; i++) {
        unsigned char next = (unsigned char)bytes.at[i];
        must(next >= 0x80 && next <= 0xbf);
        value = value << 6 | (next & 0x3f);
    }
    must(value >= least[*length] && value <= 0x10ffff && (value < 0xd800 || value > 0xdfff));
    return value;
}

/* A JSON string is UTF-8 without control characters, in quotation marks. Written in pieces, it must be the same. */
static void check_json(struct span bytes, uint32_t seed)
{
    static char room[BODY_MOST * JSON_CHARACTER + 2];
    struct text text = text_in(room, sizeof room);
    json_string(&text, bytes);
    must(!text.truncated && text.length >= 2 && room[0] == '"' && room[text.length - 1] == '"');
    struct span inner = {room + 1, text.length - 2};
    for (size_t length = 0, i = 0; i < inner.length; i += length) {
        must(reference_character(span_after(inner, i), &length) >= ' ');
        must(inner.at[i] != '"');
        if (inner.at[i] == '\\')
            length = inner.at[++i] == 'u' ? 5 : 1;
    }
    while (bytes.length > 0) {
        char piece_room[JSON_CHARACTER + 32];
        struct text piece = text_in(piece_room, JSON_CHARACTER + (seed == 0 ? 0 : next_piece(&seed) % 19));
        size_t taken = json_piece(&piece, bytes);
        must(taken > 0 && taken <= bytes.length && !piece.truncated && piece.length <= inner.length);
        must(memcmp(piece_room, inner.at, piece.length) == 0);
        bytes = span_after(bytes, taken);
        inner = span_after(inner, piece.length);
    }
    must(inner.length == 0);
}

/* With less memory: the same result, or an overflow after the same first events. */
static void check_small(struct span body, size_t room, uint32_t seed, const struct outcome *whole)
{
    static struct outcome small;
    struct span rooms[3];
    make_rooms(room, rooms);
    read_body(body, rooms, seed, &small);
    must(small.events <= whole->events && small.notes.length <= whole->notes.length);
    must(small.notes.length == 0 || memcmp(small.room, whole->room, small.notes.length) == 0);
    must(small.interpreter.overflow || small.events == whole->events);
    if (!small.interpreter.overflow)
        check_same(&small.interpreter, &whole->interpreter);
    drop_rooms(rooms);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct outcome whole, other;
    struct span rooms[3], other_rooms[3];
    if (size < 2 || size - 2 > BODY_MOST)
        return 0;
    struct span body = {(const char *)data + 2, size - 2};
    make_rooms(body.length, rooms);
    make_rooms(body.length, other_rooms);
    read_body(body, rooms, 0, &whole);
    must(!whole.interpreter.overflow);
    check_reference(body, &whole);
    for (uint32_t seed = 1; seed < 3; seed++) {
        read_body(body, other_rooms, seed == 1 ? 1 : data[0] + 2U, &other);
        must(!other.interpreter.overflow);
        must(same_bytes(text_written(&whole.notes), text_written(&other.notes)));
        check_same(&whole.interpreter, &other.interpreter);
    }
    check_small(body, data[1], data[0], &whole);
    check_json(body, data[0]);
    drop_rooms(rooms);
    drop_rooms(other_rooms);
    return 0;
}
