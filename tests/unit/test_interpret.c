/* The interpreter: each body of a table in one piece, byte by byte, and in two pieces with every possible cut. */
#include "base/limits.h"
#include "check.h"
#include "expect/interpret.h"

#include <string.h>

enum { ROOM = 512 };

/* clang-format off */
#define BYTES(literal) {literal, sizeof(literal) - 1}
#define NOTHING {NULL, 0}

/* Events are <type|data|last event ID>, with unchanged bytes. */
static const struct stream {
    struct span body, events;
    const char *last_event_id, *reconnection_time;
    struct span discarded;
} streams[] = {
    /* Empty and almost empty bodies. */
    {NOTHING, NOTHING, "", "", NOTHING},
    {BYTES("\n"), NOTHING, "", "", NOTHING},
    {BYTES("\r"), NOTHING, "", "", NOTHING},
    {BYTES("\r\n\r\n"), NOTHING, "", "", NOTHING},
    {BYTES("\n\n\n\r\r\r"), NOTHING, "", "", NOTHING},
    {BYTES(":"), NOTHING, "", "", BYTES(":")},
    {BYTES(":\n"), NOTHING, "", "", BYTES(":\n")},
    {BYTES(" "), NOTHING, "", "", BYTES(" ")},
    {BYTES(" \n"), NOTHING, "", "", BYTES(" \n")},
    /* The stream ends at each place of an event. */
    {BYTES("d"), NOTHING, "", "", BYTES("d")},
    {BYTES("data"), NOTHING, "", "", BYTES("data")},
    {BYTES("data:"), NOTHING, "", "", BYTES("data:")},
    {BYTES("data: a"), NOTHING, "", "", BYTES("data: a")},
    {BYTES("data: a\n"), NOTHING, "", "", BYTES("data: a\n")},
    {BYTES("data: a\r"), NOTHING, "", "", BYTES("data: a\r")},
    {BYTES("data: a\r\n"), NOTHING, "", "", BYTES("data: a\r\n")},
    {BYTES("data: a\r\n\r"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("data: a\r\n\r\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("data: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("data: a\n\nd"), BYTES("<message|a|>"), "", "", BYTES("d")},
    {BYTES("data: a\n\n: b\n"), BYTES("<message|a|>"), "", "", BYTES(": b\n")},
    {BYTES("data: a\n\ndata: b\nid: 1"), BYTES("<message|a|>"), "", "", BYTES("data: b\nid: 1")},
    {BYTES("data: a\n\r\n\ndata: b\r\r"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES("data: a\n\ndata: b\r\ndata: c\r"), BYTES("<message|a|>"), "", "", BYTES("data: b\r\ndata: c\r")},
    /* Line ends: LF, CR and CR LF, nothing else. */
    {BYTES("data: a\ndata: b\n\n"), BYTES("<message|a\nb|>"), "", "", NOTHING},
    {BYTES("data: a\rdata: b\r\r"), BYTES("<message|a\nb|>"), "", "", NOTHING},
    {BYTES("data: a\r\ndata: b\r\n\r\n"), BYTES("<message|a\nb|>"), "", "", NOTHING},
    {BYTES("data: a\ndata: b\r\ndata: c\rdata: d\r\n\n"), BYTES("<message|a\nb\nc\nd|>"), "", "", NOTHING},
    {BYTES("data: a\n\rdata: b\n\r"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES("data: a\r\n\ndata: b\r\n\r"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES("data: a\r\r\ndata: b\n\n"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES("data: a\r\r\n\ndata: b\n\n"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES("data:test\r\ndata\ndata:test\r\n\r"), BYTES("<message|test\n\ntest|>"), "", "", NOTHING},
    {BYTES("data: a\\nb\n\n"), BYTES("<message|a\\nb|>"), "", "", NOTHING},
    {BYTES("data: a\vb\fc\n\n"), BYTES("<message|a\vb\fc|>"), "", "", NOTHING},
    {BYTES("data: a\xc2\x85" "b\n\n"), BYTES("<message|a\xc2\x85" "b|>"), "", "", NOTHING},
    {BYTES("data: a\xe2\x80\xa8" "data: b\xe2\x80\xa9\n\n"), BYTES("<message|a\xe2\x80\xa8" "data: b\xe2\x80\xa9|>"), "", "", NOTHING},
    {BYTES("data: a\0\0data: b\n\n"), BYTES("<message|a\0\0data: b|>"), "", "", NOTHING},
    /* Byte order marks: only one at the front is removed. */
    {BYTES("\xef\xbb\xbf"), NOTHING, "", "", NOTHING},
    {BYTES("\xef"), NOTHING, "", "", BYTES("\xef")},
    {BYTES("\xef\xbb"), NOTHING, "", "", BYTES("\xef\xbb")},
    {BYTES("\xef\xbb\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf" "data: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf" "data: a"), NOTHING, "", "", BYTES("data: a")},
    {BYTES("\xef\xbb\xbf\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf\r\n"), NOTHING, "", "", NOTHING},
    {BYTES("\xef\xbb\xbf:\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("\n\xef\xbb\xbf" "data: a\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("\xef\xbb\xbf" "data:1\n\n\xef\xbb\xbf" "data:2\n\ndata:3\n\n\n"), BYTES("<message|1|><message|3|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf\xef\xbb\xbf" "data:1\n\ndata:2\n\ndata:3\n\n"), BYTES("<message|2|><message|3|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf\xef\xbb\xbf"), NOTHING, "", "", BYTES("\xef\xbb\xbf")},
    {BYTES("data: \xef\xbb\xbf" "a\n\n"), BYTES("<message|\xef\xbb\xbf" "a|>"), "", "", NOTHING},
    {BYTES("data:\xef\xbb\xbf\ndata: b\n\n"), BYTES("<message|\xef\xbb\xbf\nb|>"), "", "", NOTHING},
    {BYTES("\xfe\xff" "data: a\n\ndata: b\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    {BYTES("\xef\xbb\xbf" "id: 1\n\n\xef\xbb\xbf" "id: 2\n\n"), NOTHING, "1", "", NOTHING},
    /* Comments. */
    {BYTES(":\n\n"), NOTHING, "", "", NOTHING},
    {BYTES(": a\ndata: b\n:c: d\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    {BYTES(":data: a\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("data:1\r:\0\n:\r\ndata:2\n:x\rdata:3\n:data:fail\r:x\ndata:4\n\n"), BYTES("<message|1\n2\n3\n4|>"), "", "", NOTHING},
    {BYTES("data: a\n:\n\ndata: b\n\n"), BYTES("<message|a|><message|b|>"), "", "", NOTHING},
    {BYTES(" : a\ndata: b\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    /* Data. */
    {BYTES("data\n\n"), BYTES("<message||>"), "", "", NOTHING},
    {BYTES("data:\n\n"), BYTES("<message||>"), "", "", NOTHING},
    {BYTES("data: \n\n"), BYTES("<message||>"), "", "", NOTHING},
    {BYTES("data\ndata\n\n"), BYTES("<message|\n|>"), "", "", NOTHING},
    {BYTES("data:\n\ndata\ndata\n\ndata:test\n\n"), BYTES("<message||><message|\n|><message|test|>"), "", "", NOTHING},
    {BYTES("data: a\ndata\ndata:\n\n"), BYTES("<message|a\n\n|>"), "", "", NOTHING},
    {BYTES("data:a:b: c\n\n"), BYTES("<message|a:b: c|>"), "", "", NOTHING},
    {BYTES("data::\n\n"), BYTES("<message|:|>"), "", "", NOTHING},
    {BYTES("data: a\ndata:  b\ndata:c \n\n"), BYTES("<message|a\n b\nc |>"), "", "", NOTHING},
    {BYTES("data:\ttest\rdata: \ndata:test\n\n"), BYTES("<message|\ttest\n\ntest|>"), "", "", NOTHING},
    {BYTES("data:\xc2\xa0" "a\n\n"), BYTES("<message|\xc2\xa0" "a|>"), "", "", NOTHING},
    {BYTES("data:\0\n\n\n\n"), BYTES("<message|\0|>"), "", "", NOTHING},
    {BYTES("data:ok\xe2\x80\xa6\n\n"), BYTES("<message|ok\xe2\x80\xa6|>"), "", "", NOTHING},
    {BYTES("data: \xf0\x9f\x98\x80 \xe4\xb8\xad\n\n"), BYTES("<message|\xf0\x9f\x98\x80 \xe4\xb8\xad|>"), "", "", NOTHING},
    {BYTES("data: \xff\xe2\x80\ndata: \xed\xa0\x80\n\n"), BYTES("<message|\xff\xe2\x80\n\xed\xa0\x80|>"), "", "", NOTHING},
    {BYTES("data: {\"a\":\ndata: 1}\n\n"), BYTES("<message|{\"a\":\n1}|>"), "", "", NOTHING},
    /* Field names. */
    {BYTES("Data: a\nDATA: b\n\n"), NOTHING, "", "", NOTHING},
    {BYTES(" data: a\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("data : a\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("dat: a\ndataa: b\nda-ta:3\rdata_5\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("data\0: a\n\0data: b\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n"), BYTES("<message|\0\n 2\n1\n3\n\n4|>"), "", "", NOTHING},
    {BYTES("data:test\n data\ndata\nfoobar:xxx\njustsometext\n:a comment\ndata:test\n\n"), BYTES("<message|test\n\ntest|>"), "", "", NOTHING},
    {BYTES("data:msg\ndata: msg\n\n:\nfalsefield:msg\n\nfalsefield:msg\nData:data\n\ndata\n\ndata:end\n\n"), BYTES("<message|msg\nmsg|><message||><message|end|>"), "", "", NOTHING},
    {BYTES("d\xc3\xa5ta: a\ndata\xff: b\n\n"), NOTHING, "", "", NOTHING},
    /* The event type. */
    {BYTES("event:test\ndata:x\n\ndata:x\n\n"), BYTES("<test|x|><message|x|>"), "", "", NOTHING},
    {BYTES("event: \ndata:data\n\n"), BYTES("<message|data|>"), "", "", NOTHING},
    {BYTES("event\ndata:data\n\n"), BYTES("<message|data|>"), "", "", NOTHING},
    {BYTES("event: a\nevent: b\ndata: c\n\n"), BYTES("<b|c|>"), "", "", NOTHING},
    {BYTES("event: a\nevent\ndata: c\n\n"), BYTES("<message|c|>"), "", "", NOTHING},
    {BYTES("data: c\nevent:  a:b\n\n"), BYTES("< a:b|c|>"), "", "", NOTHING},
    {BYTES("event: a\n\ndata: b\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    {BYTES("event: a\0\ndata: b\n\n"), BYTES("<a\0|b|>"), "", "", NOTHING},
    {BYTES("event: message\ndata: b\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    {BYTES("EVENT: a\ndata: b\n\n"), BYTES("<message|b|>"), "", "", NOTHING},
    /* The last event ID. */
    {BYTES("id: 1\ndata: a\n\ndata: b\n\n"), BYTES("<message|a|1><message|b|1>"), "1", "", NOTHING},
    {BYTES("data: a\nid: 1\nid: 2\n\n"), BYTES("<message|a|2>"), "2", "", NOTHING},
    {BYTES("id: 1\n\ndata: a\n\n"), BYTES("<message|a|1>"), "1", "", NOTHING},
    {BYTES("id: 1\n\nid: 2\n"), NOTHING, "1", "", BYTES("id: 2\n")},
    {BYTES("id: 1\ndata: a\n\nid: 2\ndata: b\n"), BYTES("<message|a|1>"), "1", "", BYTES("id: 2\ndata: b\n")},
    {BYTES("retry:1000\ndata:test1\n\nid:test\ndata:test2\n"), BYTES("<message|test1|>"), "", "1000", BYTES("id:test\ndata:test2\n")},
    {BYTES("id: 1\ndata: 1\n\ndata: 2\n\nid: 2\ndata:3\n\ndata:4\n\n"), BYTES("<message|1|1><message|2|1><message|3|2><message|4|2>"), "2", "", NOTHING},
    {BYTES("id: 1\ndata: 1\n\nid:\ndata:2\n\ndata:3\n\n"), BYTES("<message|1|1><message|2|><message|3|>"), "", "", NOTHING},
    {BYTES("id: 1\ndata: 1\n\nid\ndata:2\n\ndata:3\n\n"), BYTES("<message|1|1><message|2|><message|3|>"), "", "", NOTHING},
    {BYTES("id: 1\n\nid\n\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("id: \0" "1\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    {BYTES("id: 1\nid: 2\0\ndata: a\n\n"), BYTES("<message|a|1>"), "1", "", NOTHING},
    {BYTES("id: 1\n\nid: 2\0\ndata: a\n\n"), BYTES("<message|a|1>"), "1", "", NOTHING},
    {BYTES("id:  1 \ndata: a\n\n"), BYTES("<message|a| 1 >"), " 1 ", "", NOTHING},
    {BYTES("id:\xe2\x80\xa6\ndata: a\n\n"), BYTES("<message|a|\xe2\x80\xa6>"), "\xe2\x80\xa6", "", NOTHING},
    {BYTES("id: 1\r\n\r\nid: 22\r\n\r\nid: 3\r\n\r\n"), NOTHING, "3", "", NOTHING},
    {BYTES("ID: 1\nid : 2\ndata: a\n\n"), BYTES("<message|a|>"), "", "", NOTHING},
    /* The reconnection time. */
    {BYTES("retry: 3000\ndata: x\n\n"), BYTES("<message|x|>"), "", "3000", NOTHING},
    {BYTES("retry:3000\nretry:1000x\ndata:x\n\n"), BYTES("<message|x|>"), "", "3000", NOTHING},
    {BYTES("retry\ndata:test\n\n"), BYTES("<message|test|>"), "", "", NOTHING},
    {BYTES("retry:\nretry: \n\n"), NOTHING, "", "", NOTHING},
    {BYTES("retry: 0\n"), NOTHING, "", "0", BYTES("retry: 0\n")},
    {BYTES("retry: 5"), NOTHING, "", "", BYTES("retry: 5")},
    {BYTES("retry: 5\r"), NOTHING, "", "5", BYTES("retry: 5\r")},
    {BYTES("retry: 007\n\n"), NOTHING, "", "7", NOTHING},
    {BYTES("retry: 5\nretry: 6\n\n"), NOTHING, "", "6", NOTHING},
    {BYTES("retry:  5\nretry: 5 \nretry: +5\nretry: -5\nretry: 1e3\nretry: 0x5\nretry: 5.0\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("retry: 5:\nretry: 5/\nretry:5: 5\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("retry: 5\0\nretry: \xd9\xa3\n\n"), NOTHING, "", "", NOTHING},
    {BYTES("retry: 18446744073709551615\n\n"), NOTHING, "", "18446744073709551615", NOTHING},
    {BYTES("retry: 18446744073709551616\n\n"), NOTHING, "", "18446744073709551615", NOTHING},
    {BYTES("retry: 99999999999999999999999999999999\n\n"), NOTHING, "", "18446744073709551615", NOTHING},
    {BYTES("retry: 00000000000000000000000000000012\n\n"), NOTHING, "", "12", NOTHING},
    {BYTES("Retry: 5\nretry : 5\n\n"), NOTHING, "", "", NOTHING},};
/* clang-format on */

static void note_event(void *context, const struct event *event)
{
    struct text *events = context;
    text_string(events, "<");
    text_span(events, event->type);
    text_string(events, "|");
    text_span(events, event->data);
    text_string(events, "|");
    text_span(events, event->last_event_id);
    text_string(events, ">");
}

/* The first piece has `first` bytes, the others have `more`. */
static void interpret(struct interpreter *interpreter, struct span body, size_t first, size_t more, struct text *events)
{
    static char event[ROOM], data[ROOM], id[ROOM];
    interpret_open(interpreter, text_in(event, ROOM), text_in(data, ROOM), text_in(id, ROOM), note_event, events);
    for (size_t piece = first; body.length > 0; piece = more) {
        if (piece > body.length)
            piece = body.length;
        interpret_bytes(interpreter, (struct span){body.at, piece});
        body = span_after(body, piece);
    }
    interpret_end(interpreter);
}

static void check_stream(const struct stream *stream, size_t first, size_t more)
{
    char room[ROOM], digits[24];
    struct interpreter interpreter;
    struct text events = text_in(room, sizeof room), time = text_in(digits, sizeof digits);
    interpret(&interpreter, stream->body, first, more, &events);
    if (interpreter.has_reconnection_time)
        text_number(&time, interpreter.reconnection_time);
    check(!interpreter.overflow && !events.truncated);
    check_bytes(text_written(&events), stream->events);
    check_bytes(text_written(&interpreter.last_event_id), span_of(stream->last_event_id));
    check_bytes(text_written(&time), span_of(stream->reconnection_time));
    check_bytes(interpreter.discarded, stream->discarded);
}

/* The result for a body with `event`, `data` and `id` bytes of memory. */
static struct interpreter in_room(const char *body, size_t event, size_t data, size_t id, struct text *events)
{
    static char rooms[3][ROOM];
    struct interpreter interpreter;
    interpret_open(&interpreter, text_in(rooms[0], event), text_in(rooms[1], data), text_in(rooms[2], id), note_event,
                   events);
    interpret_bytes(&interpreter, span_of(body));
    interpret_end(&interpreter);
    return interpreter;
}

static void test_overflow(void)
{
    static const char body[] = "data: 1\n\nid: ab\ndata: 2\n\ndata: 3\n\n";
    char room[ROOM];
    struct text events = text_in(room, sizeof room);
    check(!in_room(body, 15, 2, 2, &events).overflow);
    check_bytes(text_written(&events), span_of("<message|1|><message|2|ab><message|3|ab>"));
    for (size_t i = 0; i < 3; i++) {
        events = text_in(room, sizeof room);
        check(in_room(body, 15 - (i == 0), 2 - (i == 1), 2 - (i == 2), &events).overflow);
        check_bytes(text_written(&events), span_of(i == 1 ? "" : "<message|1|>"));
    }
    check(in_room("\xef\xbb\xbf"
                  "data: 1\n\n",
                  10, 9, 9, &events)
              .overflow);
    check(!in_room("\xef\xbb\xbf"
                   "data: 1\n\n",
                   11, 9, 9, &events)
               .overflow);
    events = text_in(room, sizeof room);
    check(in_room("data: 1\ndata: 2\ndata: 3\n\n", 10, 9, 9, &events).overflow && events.length == 0);
    check(in_room(":23456789", 8, 9, 9, &events).overflow);
    check(!in_room("id: 123\n\nid: 1\n\nid: 12\n\n", 9, 9, 3, &events).overflow);
    check(in_room("a", 0, 0, 0, &events).overflow && !in_room("\n\r\n", 0, 0, 0, &events).overflow);
}

static void note_length(void *context, const struct event *event)
{
    size_t *length = context;
    *length = event->data.length;
}

/* The longest event. */
static void test_longest(void)
{
    static char event[LIMIT_EXPECT], data[LIMIT_EXPECT], id[LIMIT_EXPECT], line[LIMIT_EXPECT];
    size_t length = 0;
    struct interpreter interpreter;
    interpret_open(&interpreter, text_in(event, sizeof event), text_in(data, sizeof data), text_in(id, sizeof id),
                   note_length, &length);
    memset(line, 'x', sizeof line);
    memcpy(line, "data:", 5);
    memcpy(line + sizeof line - 1, "\n", 1);
    interpret_bytes(&interpreter, (struct span){line, sizeof line});
    check(!interpreter.overflow && length == 0);
    interpret_bytes(&interpreter, span_of("\n"));
    check(!interpreter.overflow && length == sizeof line - 6);
    interpret_bytes(&interpreter, (struct span){line, sizeof line});
    check(!interpreter.overflow);
    interpret_bytes(&interpreter, span_of(":"));
    check(interpreter.overflow);
}

void test_interpret(void)
{
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        for (size_t cut = 0; cut <= streams[i].body.length; cut++)
            check_stream(&streams[i], cut, SIZE_MAX);
        check_stream(&streams[i], 1, 1);
    }
    test_overflow();
    test_longest();
}
