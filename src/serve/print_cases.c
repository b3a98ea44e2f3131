/*
 * Each case is planned like a request of /stream. /expect writes what a client makes of it, and the wire writes the
 * body: to memory, and without what HTTP adds. The file is always the same: each case has the same client, and the time
 * is 0.
 *
 * Fails if standard output takes no more.
 */
#include "serve/print_cases.h"

#include "base/base64.h"
#include "base/exit.h"
#include "base/json.h"
#include "base/log.h"
#include "cases/cases.h"
#include "expect/expect.h"
#include "expect/verdict.h"
#include "serve/connection_plan.h"
#include "stream/wire.h"

enum { PART = 384, ENCODED = 512 }; /* bytes that are encoded at a time, and their characters: 3 become 4 */

/* The array of writes. */
struct writes {
    struct writer *output;
    const char *before; /* what precedes the next element */
};

static void put(struct writer *output, const char *string)
{
    writer_span(output, span_of(string));
}

static void put_string(struct writer *output, const char *name, struct span bytes)
{
    char room[LIMIT_WRITER];
    struct text text = text_in(room, sizeof room);
    put(output, name);
    json_string(&text, bytes);
    writer_span(output, text_written(&text));
}

static void put_base64(struct writer *output, struct span bytes)
{
    while (bytes.length > 0) {
        char room[ENCODED];
        struct text text = text_in(room, sizeof room);
        struct span part = {bytes.at, bytes.length < PART ? bytes.length : PART};
        base64_encode(&text, part);
        writer_span(output, text_written(&text));
        bytes = span_after(bytes, part.length);
    }
}

static void print_write(void *context, struct span bytes)
{
    struct writes *writes = context;
    put(writes->output, writes->before);
    put_base64(writes->output, bytes);
    put(writes->output, "\"");
    writes->before = ",\"";
}

static void put_json(void *output, struct span json)
{
    writer_span(output, json);
}

/* The cases wait and are coded to show that nothing changes, and end badly to show what does. The bytes are the same.
 */
static void forget_http(struct plan *plan)
{
    static const enum parameter_name names[] = {P_GAP, P_JITTER, P_ENCODING, P_END};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        plan_forget(plan, names[i]);
}

static void put_writes(struct connection *connection, struct writer *capture)
{
    struct plan *plan = &connection->plan;
    struct source *source = &connection->source;
    struct writes writes = {.output = &connection->writer, .before = "\""};
    struct presence presence = {.slot = SLOT_NONE, .progress = {.lost = true}};
    bool has_body = plan_framing(plan, &connection->exchange.request) != FRAMING_NONE;
    struct wire wire;
    forget_http(plan);
    writer_capture(capture, print_write, &writes);
    struct pace pace = pace_open(capture, &presence, plan, plan_number(plan, P_SEED));
    wire_open(&wire, &pace, plan, FRAMING_CLOSE, connection->cold->held);
    connection_plan_open(connection);
    put(&connection->writer, ",\"writes\":[");
    while (has_body && !wire_is_cut(&wire) && source_has_next(source)) {
        struct piece piece = source_next(source, 0);
        (void)wire_piece(&wire, &piece, !source_has_next(source));
    }
    wire_end(&wire);
    put(&connection->writer, "]");
}

static struct span word_of_end(const struct plan *plan)
{
    struct span words = span_of(parameters[P_END].words), word = span_cut(&words, '|');
    for (uint64_t left = plan_number(plan, P_END); left > 0; left--)
        word = span_cut(&words, '|');
    return word;
}

static void put_response(struct writer *output, const struct plan *plan, const struct request *request)
{
    char number_room[20], type_room[LIMIT_VALUE];
    struct text number = text_in(number_room, sizeof number_room);
    struct text type = text_in(type_room, sizeof type_room);
    text_number(&number, plan_number(plan, P_STATUS));
    put(output, ",\"status\":");
    writer_span(output, text_written(&number));
    if (verdict_type(plan, request, &type))
        put_string(output, ",\"type\":", text_written(&type));
    else
        put(output, ",\"type\":null");
    put_string(output, ",\"end\":", word_of_end(plan));
}

static int plan_case(struct connection *connection, struct span query)
{
    connection->peer = "192.0.2.1:7";
    connection->pairs = (struct pairs){.many = connection->cold->pairs};
    connection->exchange = (struct exchange){
        .request = {.method = METHOD_GET,
                    .method_name = span_of("GET"),
                    .target = span_of("/stream"),
                    .query = query,
                    .minor = 1},
        .content = {.room = connection->cold->value},
    };
    int status = connection_plan_make(connection);
    connection_plan_open(connection);
    return status != 0 ? status : expect_check(&connection->source, 0, &connection->exchange.refusal);
}

/* Returns 0, or a status: the case is wrong, which tests/cases.bats excludes. */
static int put_case(struct connection *connection, struct writer *capture, const struct named_case *one)
{
    struct writer *output = &connection->writer;
    int status = plan_case(connection, one->query);
    if (status != 0)
        return status;
    put_string(output, "{\"name\":", one->name);
    put_string(output, ",\"group\":", one->group);
    put_string(output, ",\"means\":", one->means);
    if (one->link.length > 0)
        put_string(output, ",\"link\":", one->link);
    else
        put(output, ",\"link\":null");
    put_response(output, &connection->plan, &connection->exchange.request);
    put(output, ",");
    connection_plan_open(connection);
    expect_members(&connection->source, 0, &connection->cold->expect, put_json, output);
    put_writes(connection, capture);
    put(output, "}");
    return 0;
}

int print_cases(struct connection *connection, struct writer *capture, bool is_open)
{
    struct cases rest = {0};
    struct named_case next;
    struct writer *output = &connection->writer;
    writer_open(output, STDOUT_FILENO, false, LIMIT_PRINT_MS);
    const char *before = "[";
    int status = is_open ? 0 : -1;
    while (status == 0 && cases_next(&rest, &next)) {
        put(output, before);
        status = put_case(connection, capture, &next);
        before = ",\n";
    }
    put(output, "]\n");
    if (status == 0 && writer_flush(output) == WRITER_OPEN)
        return EXIT_SERVED;
    log_error("Cannot write the cases to standard output; redirect it to a disk with free space, or to a program that "
              "reads all of it",
              0);
    return EXIT_TEMPORARY;
}
