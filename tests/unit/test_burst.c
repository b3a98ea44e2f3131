/* Messages that are copied, compared with messages that are built. */
#include "check.h"
#include "http/chunked.h"
#include "stream/burst.h"
#include "stream/message.h"

#include <string.h>

enum { ROOM = 4096 };

/* The options of a stream whose messages are compared. */
static struct message sample;
static bool is_chunked;

static void append_built(struct text *text, uint64_t number)
{
    char room[LIMIT_EVENT];
    struct text event = text_in(room, sizeof room);
    sample.number = number;
    (void)message_text(&event, &sample);
    if (is_chunked)
        chunked_chunk(text, text_written(&event));
    else
        text_span(text, text_written(&event));
}

/* Builds message `number`, has those before `end` copied, and compares. Returns how many were copied. */
static uint64_t copies_after(uint64_t number, uint64_t end, size_t capacity)
{
    static char copied_room[ROOM], built_room[ROOM];
    struct text copied = text_in(copied_room, capacity), built = text_in(built_room, sizeof built_room);
    memset(copied_room, 'z', sizeof copied_room);
    text_string(&copied, "before-\"");
    text_string(&built, "before-\"");
    append_built(&copied, number);
    append_built(&built, number);
    uint64_t count = burst_append(&copied, copied.length - strlen("before-\""), number, end);
    for (uint64_t i = 1; i <= count; i++)
        append_built(&built, number + i);
    check(!built.truncated && !copied.truncated && copied.length < capacity && copied_room[capacity] == 'z');
    check_bytes(text_written(&copied), text_written(&built));
    return count;
}

static void test_ends(void)
{
    check(copies_after(5, UINT64_MAX, ROOM - 1) == 4); /* 10 has another length */
    check(copies_after(9, UINT64_MAX, ROOM - 1) == 0);
    check(copies_after(5, 6, ROOM - 1) == 0); /* no more are to be sent */
    check(copies_after(5, 8, ROOM - 1) == 2);
    check(copies_after(1000, 9999, 200) == 0);       /* no room */
    check(copies_after(1099, 9999, ROOM - 1) >= 10); /* as many as fit */
    check(copies_after(INT64_MAX - 3, (uint64_t)INT64_MAX + 1, ROOM - 1) == 3);
}

static void test_room(void)
{
    size_t length = strlen("before-\"");
    struct text one = text_in((char[LIMIT_EVENT]){0}, LIMIT_EVENT);
    append_built(&one, 50);
    length += one.length * 2; /* a writer that is full would have to write */
    check(copies_after(50, 99, length) == 0);
    check(copies_after(50, 99, length + 1) == 1);
}

void test_burst(void)
{
    static const char *const ends[] = {"\n", "\r", "\r\n"};
    static const char *const events[] = {NULL, "", "a-1\"", "id: message-7", "\"random\": \"aaaaaaaaaaaaaaaa\""};
    for (size_t i = 0; i < 2 * 3 * sizeof events / sizeof *events; i++) {
        const char *event = events[i / 6];
        is_chunked = i % 2 != 0;
        sample = (struct message){
            .seconds = 1708135969,
            .eol = ends[i / 2 % 3],
            .event = event != NULL ? span_of(event) : (struct span){NULL, 0},
        };
        test_ends();
        test_room();
    }
}
