/*
 * The pieces of the stream go to the interpreter, and its events go to the sink. If the client does not read the
 * response as an event stream, it dispatches nothing (HTML standard, 9.2.3).
 */
#include "expect/expect.h"

#include "base/json.h"
#include "expect/dispute.h"
#include "expect/verdict.h"
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
}

/* A client that must wait for the end, or for another response, has not decided yet. */
static const char *word_of_reconnects(const struct plan *plan, enum verdict verdict)
{
    if (verdict == VERDICT_FAILS)
        return "false";
    return verdict == VERDICT_FOLLOWS || plan_number(plan, P_END) == END_HANG ? "null" : "true";
}

/* The event source's last event ID string at the end. No blank line: it is still that of the stream before. */
static struct span next_id(const struct plan *plan, const struct interpreter *interpreter)
{
    if ((interpreter->traits & INTERPRET_BLANK) == 0)
        return plan->last_id;
    return text_written(&interpreter->last_event_id);
}

static bool is_ascii(struct span span)
{
    for (size_t i = 0; i < span.length; i++)
        if (span.at[i] < ' ' || span.at[i] > '~')
            return false;
    return true;
}

static unsigned disputes_of(const struct source *source, const struct interpreter *interpreter)
{
    const struct plan *plan = source->plan;
    static const struct {
        unsigned trait;
        enum dispute_about about;
    } same[] = {
        {INTERPRET_BOM, DISPUTE_BOM},           {INTERPRET_NUL, DISPUTE_NUL},
        {INTERPRET_NO_DATA, DISPUTE_NO_DATA},   {INTERPRET_UNFINISHED, DISPUTE_UNFINISHED},
        {INTERPRET_CARRIAGE, DISPUTE_CARRIAGE},
    };
    unsigned abouts = verdict_disputes(plan, source->request);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if ((interpreter->traits & same[i].trait) != 0)
            abouts |= 1U << same[i].about;
    if (plan->last_id.length > 0 && (interpreter->traits & INTERPRET_LATE_ID) != 0)
        abouts |= 1U << DISPUTE_KEPT_ID;
    if (verdict_of(plan, source->request) != VERDICT_FAILS && !is_ascii(next_id(plan, interpreter)))
        abouts |= 1U << DISPUTE_ID;
    if (interpreter->reconnection_time > INT32_MAX)
        abouts |= 1U << DISPUTE_RETRY;
    return abouts;
}

static void write_next(const struct json_writer *writer, const struct source *source,
                       const struct interpreter *interpreter)
{
    const struct plan *plan = source->plan;
    enum verdict verdict = verdict_of(plan, source->request);
    struct span id = next_id(plan, interpreter);
    struct dispute dispute = dispute_of(disputes_of(source, interpreter));
    write_raw(writer, ",\"reconnects\":");
    write_raw(writer, word_of_reconnects(plan, verdict));
    if (verdict == VERDICT_FAILS || id.length == 0)
        write_raw(writer, ",\"reconnectsWith\":null");
    else
        write_member(writer, ",\"reconnectsWith\":\"", span_trim(id));
    if (dispute.what == NULL) {
        write_raw(writer, ",\"disputed\":null");
        return;
    }
    write_member(writer, ",\"disputed\":{\"what\":\"", span_of(dispute.what));
    write_member(writer, ",\"link\":\"", span_of(dispute.link));
    write_raw(writer, "}");
}

static int refuse_longer(struct refusal *refusal, uint64_t most, const char *advice)
{
    int status = refuse(refusal, 400, "the stream is longer than ");
    text_number(&refusal->reason, most);
    text_string(&refusal->reason, advice);
    return status;
}

/* What the next piece costs beyond its bytes. */
static uint64_t cost_of_next(const struct source *source)
{
    const struct substitute substitute = {source->plan, source->request, false, source->repetition};
    bool is_raw = source->next == SOURCE_RAW && source->plan->body.at == NULL;
    return is_raw ? substitute_cost(&substitute, source->room->raws[source->raw]) : 0;
}

int expect_check(struct source *source, int64_t realtime, struct refusal *refusal)
{
    uint64_t cut = plan_number(source->plan, P_CUT);
    uint64_t most = LIMIT_EXPECT + plan_retry_length(source->plan); /* for the case that is as long as the limit */
    uint64_t left = cut > most ? most + 1 : cut, cost = 0;
    int pieces = 0;
    if (verdict_of(source->plan, source->request) != VERDICT_READS)
        return 0;
    while (left > 0 && pieces <= LIMIT_EXPECT_PIECES && cost <= LIMIT_SUBSTITUTING && source_has_next(source)) {
        cost += cost_of_next(source);
        struct piece piece = source_next(source, realtime);
        left -= piece_length(&piece) < left ? piece_length(&piece) : left;
        pieces += source->plan->body.at == NULL; /* the events of a body have bytes, and those are limited */
    }
    if (cost > LIMIT_SUBSTITUTING)
        return refuse(refusal, 400, "parameter \"sub\" would search the head too often; use fewer loops, or cut");
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

/* How many bytes of the body arrive. Of a stream that hangs, `buffer` keeps the last block unless it is full. */
static uint64_t arriving_length(const struct source *source, int64_t realtime)
{
    const struct plan *plan = source->plan;
    struct source ahead = *source;
    struct formatted formatted = source->room->formatted; /* which both sources share */
    uint64_t length = 0, cut = plan_number(plan, P_CUT);
    size_t block = plan_block_size(plan);
    if (verdict_of(plan, source->request) != VERDICT_READS)
        return 0;
    if (block == 0 || plan_number(plan, P_END) != END_HANG)
        return cut;
    while (length < cut && source_has_next(&ahead)) { /* expect_check() has bounded it */
        struct piece piece = source_next(&ahead, realtime);
        length += piece_length(&piece);
    }
    source->room->formatted = formatted;
    length = length < cut ? length : cut;
    return length - length % block;
}

void expect_members(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink, void *context)
{
    struct json_writer writer = {sink, context, false};
    struct interpreter interpreter;
    uint64_t left = arriving_length(source, realtime);
    interpret_open(&interpreter, text_in(room->event, sizeof room->event), text_in(room->data, sizeof room->data),
                   text_in(room->id, sizeof room->id), write_event, &writer);
    write_raw(&writer, "\"events\":[");
    while (left > 0 && source_has_next(source)) {
        struct piece piece = source_next(source, realtime);
        uint64_t length = piece_length(&piece) < left ? piece_length(&piece) : left;
        interpret_piece(&interpreter, &piece, length);
        left -= length;
    }
    interpret_end(&interpreter);
    write_result(&writer, &interpreter);
    write_next(&writer, source, &interpreter);
}

void expect_write(struct source *source, int64_t realtime, struct expect_room *room, expect_sink *sink, void *context)
{
    sink(context, span_of("{"));
    expect_members(source, realtime, room, sink, context);
    sink(context, span_of("}\n"));
}
