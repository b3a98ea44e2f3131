/*
 * A piece is first cut, then split into runs. Each run is compressed, framed and flushed. A run is one write if it and
 * its framing fit in LIMIT_WRITER bytes. If the server must stop, a piece is left at the next end of a chunk. The only
 * failures are those of the client, and `writer` remembers them.
 */
#include "stream/wire.h"

#include "http/chunked.h"
#include "http/percent.h"
#include "stream/burst.h"

enum {
    CODED = 4096,      /* at most this many bytes are compressed at a time */
    RANDOM_WRITE = 64, /* the longest random write, bytes */
};

void wire_open(struct wire *wire, struct pace *pace, const struct plan *plan, enum framing framing, char *held)
{
    wire->writer = pace->writer;
    wire->plan = plan;
    wire->pace = pace;
    wire->framing = framing;
    wire->is_plain = plan_is_plain(plan);
    wire->batches = plan_batches(plan);
    wire->repeats = plan_is_uniform(plan);
    wire->joins_end = plan_joins_end(plan);
    wire->has_gzip_head = false;
    wire->left = plan_number(plan, P_CUT);
    wire->sent = wire->last = wire->chunk_left = 0;
    wire->gzip = (struct gzip){0};
    wire->held = text_in(held, plan_block_size(plan));
    wire->gaps = plan_waits(plan, P_GAP);
    wire->is_random = false;
    wire->split = wire->sizes = (struct span){NULL, 0};
    if (plan_has(plan, P_SPLIT)) {
        wire->split = plan->values[P_SPLIT].text;
        wire->is_random = percent_decodes_to(wire->split, "random");
    }
}

static uint64_t smaller_of(uint64_t one, uint64_t other)
{
    return one < other ? one : other;
}

/* Gathers framed content. A new chunk has the size that the plan gives, but at most `most` bytes. */
static void frame_content(struct wire *wire, struct span content, uint64_t most)
{
    if (wire->framing != FRAMING_CHUNKED) {
        writer_span(wire->writer, content);
        return;
    }
    while (content.length > 0) {
        if (wire->chunk_left == 0) {
            char room[20];
            struct text line = text_in(room, sizeof room);
            wire->chunk_left =
                plan_has(wire->plan, P_CHUNK) ? smaller_of(plan_number(wire->plan, P_CHUNK), most) : most;
            chunked_size(&line, wire->chunk_left);
            writer_span(wire->writer, text_written(&line));
        }
        size_t part = (size_t)smaller_of(content.length, wire->chunk_left);
        writer_span(wire->writer, (struct span){content.at, part});
        content = span_after(content, part);
        wire->chunk_left -= part;
        most -= part;
        if (wire->chunk_left == 0)
            writer_span(wire->writer, span_of("\r\n"));
    }
}

/* Compresses and frames at most CODED bytes. */
static void frame_coded(struct wire *wire, struct span content)
{
    char room[GZIP_HEAD + GZIP_BLOCK + CODED];
    struct text coded = text_in(room, sizeof room);
    if (!wire->has_gzip_head)
        gzip_head(&coded);
    wire->has_gzip_head = true;
    gzip_block(&wire->gzip, &coded, content);
    frame_content(wire, text_written(&coded), coded.length);
}

/* Where to leave a piece: at `to`, or at the end of the open chunk if the server must stop. */
static uint64_t last_byte(const struct wire *wire, uint64_t from, uint64_t to)
{
    return wire->writer->stopping ? smaller_of(to, from + wire->chunk_left) : to;
}

/*
 * Gathers the bytes of a piece from `from` to `to`, or fewer if the server must stop. `end` is where the piece ends or
 * is cut. Returns where it stopped.
 */
static uint64_t put_run(struct wire *wire, const struct piece *piece, uint64_t from, uint64_t to, uint64_t end)
{
    bool is_coded = plan_number(wire->plan, P_ENCODING) != 0;
    for (uint64_t last; from < (last = last_byte(wire, from, to)) && wire->writer->state == WRITER_OPEN;) {
        struct span content = piece_at(piece, from);
        content.length = (size_t)smaller_of(content.length, is_coded ? smaller_of(last - from, CODED) : last - from);
        if (is_coded)
            frame_coded(wire, content);
        else
            frame_content(wire, content, (plan_has(wire->plan, P_CHUNK) ? end : to) - from);
        from += content.length;
        wire->sent += content.length;
    }
    return from;
}

/*
 * How many of the bytes left go into the next write. If the server must stop, that is the rest of the open chunk at
 * once: in the planned writes it could take minutes.
 */
static uint64_t next_size(struct wire *wire, uint64_t left)
{
    if (wire->writer->stopping)
        return smaller_of(left, wire->chunk_left);
    if (wire->split.at == NULL)
        return left;
    if (wire->is_random)
        return smaller_of(left, 1 + prng_below(&wire->pace->prng, RANDOM_WRITE));
    return smaller_of(left, list_next_size(&wire->sizes, wire->split));
}

/* Sends what was held back, as one write. */
static void release(struct wire *wire)
{
    struct piece held = {.front = text_written(&wire->held)};
    (void)put_run(wire, &held, 0, held.front.length, held.front.length);
    wire->held.length = 0;
}

/* Holds the bytes of a piece from `from` to `to` back, and sends each block that they fill. Returns `to`. */
static uint64_t hold_run(struct wire *wire, const struct piece *piece, uint64_t from, uint64_t to)
{
    while (from < to && wire->writer->state == WRITER_OPEN && !wire->writer->stopping) {
        struct span content = piece_at(piece, from);
        content.length = (size_t)smaller_of(content.length, to - from);
        content.length = (size_t)smaller_of(content.length, wire->held.capacity - wire->held.length);
        text_span(&wire->held, content);
        from += content.length;
        if (wire->held.length < wire->held.capacity)
            continue;
        release(wire);
        (void)writer_flush(wire->writer);
    }
    return to;
}

/* Gathers or holds back the next write. Returns where it ends. */
static uint64_t put_write(struct wire *wire, const struct piece *piece, uint64_t from, uint64_t to, uint64_t end,
                          bool waits)
{
    if (wire->held.capacity > 0)
        return hold_run(wire, piece, from, to);
    from = put_run(wire, piece, from, to, end);
    if (!waits)
        (void)writer_flush(wire->writer);
    return from;
}

static void put_plain(struct wire *wire, const struct piece *piece)
{
    if (wire->framing == FRAMING_CHUNKED)
        chunked_chunk(&wire->writer->text, piece->front);
    else
        text_span(&wire->writer->text, piece->front);
    wire->sent += piece->front.length;
}

enum writer_state wire_piece(struct wire *wire, const struct piece *piece, bool is_last)
{
    bool waits = wire->batches || (is_last && wire->joins_end);
    if (wire->is_plain) {
        put_plain(wire, piece);
        return waits ? wire->writer->state : writer_flush(wire->writer);
    }
    if (plan_number(wire->plan, P_END) == END_HANG)
        pace_look(wire->pace);
    uint64_t end = smaller_of(piece_length(piece), wire->left);
    wire->left -= end;
    wire->last = end;
    for (uint64_t from = 0; from < end && wire->writer->state == WRITER_OPEN;) {
        if (from > 0 && !wire->writer->stopping)
            (void)pace_gap(wire->pace, &wire->gaps);
        uint64_t size = next_size(wire, end - from);
        if (size == 0)
            break;
        from = put_write(wire, piece, from, from + size, end, waits);
        presence_note_sent(wire->pace->presence, wire->sent);
    }
    return wire->writer->state;
}

uint64_t wire_repeat(struct wire *wire, size_t gathered, uint64_t number, uint64_t end)
{
    struct text *text = &wire->writer->text;
    uint64_t count = burst_append(text, text->length - gathered, number, end);
    wire->left -= count * wire->last;
    wire->sent += count * wire->last;
    return count;
}

bool wire_is_cut(const struct wire *wire)
{
    return wire->left == 0;
}

/* The proper end of the body. The last chunk is omitted inside an open chunk, where it would be read as data. */
static void end_properly(struct wire *wire)
{
    char room[GZIP_HEAD + GZIP_TAIL];
    struct text coded = text_in(room, sizeof room);
    if (plan_number(wire->plan, P_ENCODING) != 0 && wire->framing != FRAMING_NONE) {
        if (!wire->has_gzip_head)
            gzip_head(&coded);
        gzip_tail(&wire->gzip, &coded);
        frame_content(wire, text_written(&coded), coded.length);
    }
    if (wire->framing == FRAMING_CHUNKED && wire->chunk_left == 0)
        writer_span(wire->writer, span_of("0\r\n\r\n"));
    (void)writer_flush(wire->writer);
}

void wire_end(struct wire *wire)
{
    enum end end = wire->writer->stopping ? END_CLOSE : (enum end)plan_number(wire->plan, P_END);
    if (end != END_HANG && wire->held.length > 0)
        release(wire);
    if (end == END_CLOSE) {
        end_properly(wire);
        return;
    }
    if (end == END_BADCHUNK && wire->framing == FRAMING_CHUNKED)
        writer_span(wire->writer, span_of("no number\r\n"));
    (void)writer_flush(wire->writer);
    if (end == END_HANG && wire->writer->state == WRITER_OPEN)
        pace_hang(wire->pace);
    if (end == END_RESET && wire->writer->state == WRITER_OPEN)
        writer_reset(wire->writer);
}
