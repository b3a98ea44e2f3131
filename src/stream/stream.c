/* Delivery. The only failures are those of the client: it closes, or stops reading. */
#include "stream/stream.h"

#include "base/clock.h"
#include "stream/wire.h"

/* A comment, which clients ignore. */
static bool send_heartbeat(const struct stream *stream, struct wire *wire)
{
    struct piece piece = {.front = span_of(":"), .back = span_of(plan_line_end(stream->plan))};
    return wire_piece(wire, &piece, false) == WRITER_OPEN && !wire_is_cut(wire);
}

/*
 * The next piece is the first of a write. Only then does the stream read the clock and check for an order to stop. At
 * full speed, reading the clock for each message took a third of the time.
 */
static bool begins_write(const struct stream *stream, const struct wire *wire)
{
    return !wire->batches || stream->pace->writer->text.length <= stream->gathered;
}

/* Waits until `deadline` and sends a comment after each heartbeat. Returns false if the stream ends. */
static bool wait_for_turn(struct stream *stream, struct wire *wire, int64_t deadline)
{
    int64_t heartbeat = (int64_t)plan_number(stream->plan, P_HEARTBEAT);
    if (wire->batches)
        return !begins_write(stream, wire) || pace_until(stream->pace, 0);
    if (heartbeat == 0)
        return pace_until(stream->pace, deadline);
    for (int64_t beat = clock_monotonic() + heartbeat; beat < deadline; beat += heartbeat)
        if (!pace_until(stream->pace, beat) || !send_heartbeat(stream, wire))
            return false;
    return pace_until(stream->pace, deadline);
}

/* The last piece was a message. If it began no write, the messages after it in this write are gathered at once. */
static void repeat_message(struct stream *stream, struct wire *wire)
{
    struct source *source = stream->source;
    struct presence *presence = stream->pace->presence;
    if (begins_write(stream, wire))
        return;
    uint64_t count = wire_repeat(wire, stream->gathered, source->number - 1, plan_end(stream->plan));
    source_skip(source, count);
    presence->events = stream->events += count;
    presence_move(presence, source->number);
    presence_note_sent(presence, wire->sent);
}

static bool send_next(struct stream *stream, struct wire *wire)
{
    struct source *source = stream->source;
    bool is_message = source->next == SOURCE_MESSAGES;
    if (is_message && !plan_has(stream->plan, P_TIME) && begins_write(stream, wire))
        stream->now = clock_realtime();
    stream->gathered = stream->pace->writer->text.length;
    if (is_message) /* first: /status is never behind what a client has read */
        presence_move(stream->pace->presence, source->number + 1);
    struct piece piece = source_next(source, stream->now);
    stream->pace->presence->events = ++stream->events;
    bool goes_on = wire_piece(wire, &piece, !source_has_next(source)) == WRITER_OPEN && !wire_is_cut(wire);
    if (goes_on && is_message && wire->repeats)
        repeat_message(stream, wire);
    return goes_on;
}

static void send_pieces(struct stream *stream, struct wire *wire)
{
    struct waits intervals = plan_waits(stream->plan, P_INTERVAL);
    int64_t deadline = pace_start(stream->pace);
    stream->now = wire->batches ? clock_realtime() : 0;
    if (wire_is_cut(wire) || !source_has_next(stream->source) || !send_next(stream, wire))
        return;
    while (source_has_next(stream->source) && !stream->pace->writer->stopping) {
        if (!stream->source->hurries)
            deadline = pace_after(stream->pace, &intervals, deadline);
        if (!wait_for_turn(stream, wire, deadline) || !send_next(stream, wire))
            return;
    }
}

enum stream_end stream_deliver(struct stream *stream)
{
    struct writer *writer = stream->pace->writer;
    struct wire wire;
    wire_open(&wire, stream->pace, stream->plan, stream->framing, stream->held);
    if (stream->framing != FRAMING_NONE)
        send_pieces(stream, &wire);
    bool stopped = writer->stopping;
    presence_leave(stream->pace->presence); /* first: a client that has read the end is not listed */
    wire_end(&wire);
    stream->bytes = wire.sent;
    switch (writer->state) {
    case WRITER_GONE:
        return STREAM_GONE;
    case WRITER_STALLED:
        return STREAM_STALLED;
    default:
        return stopped ? STREAM_STOPPED : STREAM_SERVED;
    }
}
