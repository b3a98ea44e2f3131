/*
 * Interprets event streams with the program's own interpreter.
 *
 *   interpret <BODIES
 *
 * In the input, each body follows its length in bytes, in decimal, and LF. Prints a line of JSON for each body:
 * {"events":[{"type":"","data":"","lastEventId":""}],"reconnectionTime":null,"lastEventId":"","discarded":""}. Exit 1
 * if a body is incomplete or too long, an event does not fit, or the output fails.
 */
#include "expect/interpret.h"
#include "base/json.h"
#include "base/limits.h"

#include <stdio.h>
#include <stdlib.h>

enum { BODY_MOST = 4 << 20, OUT = 64 * 1024 };

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "interpret: %s\n", what);
    exit(1);
}

static void print_json(struct span bytes)
{
    static char room[OUT];
    putchar('"');
    while (bytes.length > 0) {
        struct text text = text_in(room, sizeof room);
        bytes = span_after(bytes, json_piece(&text, bytes));
        (void)fwrite(room, 1, text.length, stdout);
    }
    putchar('"');
}

static void print_event(void *context, const struct event *event)
{
    unsigned *events = context;
    printf("%s{\"type\":", (*events)++ > 0 ? "," : "");
    print_json(event->type);
    printf(",\"data\":");
    print_json(event->data);
    printf(",\"lastEventId\":");
    print_json(event->last_event_id);
    putchar('}');
}

static void print_outcome(const struct interpreter *interpreter)
{
    printf("],\"reconnectionTime\":");
    if (interpreter->has_reconnection_time)
        printf("%llu", (unsigned long long)interpreter->reconnection_time);
    else
        printf("null");
    printf(",\"lastEventId\":");
    print_json(text_written(&interpreter->last_event_id));
    printf(",\"discarded\":");
    print_json(interpreter->discarded);
    printf("}\n");
}

static void interpret(struct span body)
{
    static char event[LIMIT_EXPECT], data[LIMIT_EXPECT], id[LIMIT_EXPECT];
    unsigned events = 0;
    struct interpreter interpreter;
    interpret_open(&interpreter, text_in(event, sizeof event), text_in(data, sizeof data), text_in(id, sizeof id),
                   print_event, &events);
    printf("{\"events\":[");
    interpret_bytes(&interpreter, body);
    interpret_end(&interpreter);
    print_outcome(&interpreter);
    if (interpreter.overflow)
        fail("an event is too long");
}

int main(void)
{
    static char body[BODY_MOST];
    char line[32];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *end;
        unsigned long long length = strtoull(line, &end, 10);
        if (end == line || *end != '\n' || length > sizeof body)
            fail("a body has no length, or is too long");
        if (fread(body, 1, (size_t)length, stdin) != length)
            fail("a body is incomplete");
        interpret((struct span){body, (size_t)length});
    }
    if (ferror(stdin) || fflush(stdout) != 0 || ferror(stdout))
        fail("input or output fails");
    return 0;
}
