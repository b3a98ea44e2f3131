/*
 * The pieces of the stream go to the interpreter, and its events go to the sink. If the response is not an event stream
 * or its status is not 200, a client dispatches nothing (HTML standard, 9.2.3).
 */
#include "expect/expect.h"

#include "base/json.h"
#include "http/media_type.h"
#include "http/response.h"
#include "plan/substitute.h"

struct json_writer {
    expect_sink *sink;
    void *context;
    bool has_events; /* one was written */
};

static void write_raw(const struct json_writer *writer, const char *string)
{
    writer->sink(writer->context, span_of(string));
}

static void write_member(const struct json_writer *writer, const char *name, struct span bytes)
{
    char room[512];
    write_raw(writer, name);
    while (bytes.length > 0) {
        struct text text = text_in(room, sizeof room);
        bytes = span_after(bytes, json_piece(&text, bytes));
        writer->sink(writer->context, text_written(&text));
    }
    write_raw(writer, "\"");
}

static void write_event(void *context, const struct event *event)
{
    struct json_writer *writer = context;
    write_raw(writer, writer->has_events ? "," : "");
    write_member(writer, "{\"type\":\"", event->type);
    write_member(writer, ",\"data\":\"", event->data);
    write_member(writer, ",\"lastEventId\":\"", event->last_event_id);
    write_raw(writer, "}");
    writer->has_events = true;
}

static void write_result(const struct json_writer *writer, const struct interpreter *interpreter)
{
    char room[32];
    struct text number = text_in(room, sizeof room);
    text_number(&number, interpreter->reconnection_time);
    write_raw(writer, "],\"reconnectionTime\":");
    if (interpreter->has_reconnection_time)
        writer->sink(writer->context, text_written(&number));
    else
        write_raw(writer, "null");
    write_member(writer, ",\"lastEventId\":\"", text_written(&interpreter->last_event_id));
    if (interpreter->discarded.length > 0)
        write_member(writer, ",\"discarded\":\"", interpreter->discarded);
    else
        write_raw(writer, ",\"discarded\":null");
    write_raw(writer, "}\n");
}

/* If there are several Content-Type fields, a client uses the last one (Fetch standard, 2.2.6). */
static bool is_event_stream(const struct plan *plan, const struct request *request)
{
    const struct substitute substitute = {plan, request, true, 1};
    char room[LIMIT_VALUE];
    unsigned index = 0;
    struct span encoded;
    struct text type = text_in(room, sizeof room);
    plan_text(plan, P_TYPE, &type);
    bool is_it = !plan_has(plan, P_TYPE) || media_type_is(text_written(&type), "text/event-stream");
    while (plan_has(plan, P_HEADER) && plan_next(plan, &index, P_HEADER, &encoded)) {
        struct text header = text_in(room, sizeof room);
        substitute_text(&header, &substitute, encoded);
        struct span value = text_written(&header);
        if (span_like(span_cut(&value, ':'), "Content-Type"))
            is_it = media_type_is(value, "text/event-stream");
    }
    return is_it;
}

/* The client reads the body as an event stream. */
static bool is_stream(const struct source *source)
{
    const struct plan *plan = source->plan;
    return plan_number(plan, P_STATUS) == 200 && plan_number(plan, P_CUT) != PARAMETERS_WORD &&
           is_event_stream(plan, source->request);
}

static int refuse_longer(struct refusal *refusal, uint64_t most, const char *advice)
{
    int status = refuse(refusal, 400, "the stream is longer than ");
    text_number(&refusal->reason, most);
    text_string(&refusal->reason, advice);
    return status;
}

int expect_check(struct source *source, int64_t realtime, struct refusal *refusal)
{
    uint64_t cut = plan_number(source->plan, P_CUT);
    uint64_t most = LIMIT_EXPECT + plan_retry_length(source->plan); /* for the case that is as long as the limit */
    uint64_t left = cut > most ? most + 1 : cut;
    int pieces = 0;
    if (!is_stream(source))
        return 0;
    for (; left > 0 && pieces <= LIMIT_EXPECT_PIECES && source_has_next(source); pieces++) {
        struct piece piece = source_next(source, realtime);
        left -= piece_length(&piece) < left ? piece_length(&piece) : left;
    }
    if (pieces > LIMIT_EXPECT_PIECES)
        return refuse_longer(refusal, LIMIT_EXPECT_PIECES, " pieces; use fewer loops, or cut");
    if (left == 0 && cut > most)
        return refuse_longer(refusal, LIMIT_EXPECT,
                             " bytes; use cut, a smaller count, or shorter messages or raw pieces");
    return 0;
}

static void interpret_piece(struct interpreter *interpreter, const struct piece *piece, uint64_t length)
{
    for (uint64_t from = 0; from < length;) {
        struct span bytes = piece_at(piece, from);
        if (bytes.length > length - from)
            bytes.length = (size_t)(length - from);
        interpret_bytes(interpreter, bytes);
        from += bytes.length;
    }
}

void expect_write(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink, void *context)
{
    struct json_writer writer = {sink, context, false};
    struct interpreter interpreter;
    uint64_t left = is_stream(source) ? plan_number(source->plan, P_CUT) : 0;
    interpret_open(&interpreter, text_in(room->event, sizeof room->event), text_in(room->data, sizeof room->data),
                   text_in(room->id, sizeof room->id), write_event, &writer);
    write_raw(&writer, "{\"events\":[");
    while (left > 0 && source_has_next(source)) {
        struct piece piece = source_next(source, realtime);
        uint64_t length = piece_length(&piece) < left ? piece_length(&piece) : left;
        interpret_piece(&interpreter, &piece, length);
        left -= length;
    }
    interpret_end(&interpreter);
    write_result(&writer, &interpreter);
}
