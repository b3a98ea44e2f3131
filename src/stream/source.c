/*
 * The order of the pieces: the echo, if requested; then either hello and messages, or the opening, deltas and closing
 * of a format, or the raw pieces, looped. Byte-order marks are part of the first piece. The retry line is part of the
 * hello, or of a raw piece.
 */
#include "stream/source.h"

#include "base/clock.h"
#include "plan/event_block.h"
#include "plan/substitute.h"
#include "stream/echo.h"
#include "stream/message.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

/* Finds the raw pieces once for all loops. Searching all pairs in each loop would cost more than sending the pieces. */
static void gather_raw(struct source *source)
{
    const struct plan *plan = source->plan;
    unsigned index = 0;
    source->raw = source->raws = 0;
    if (plan->body.at != NULL)
        source->raws = 1; /* the body: its pieces are found one after the other */
    else
        while (source->raws < LIMIT_PARAMETERS && plan_next(plan, &index, P_RAW, &source->room->raws[source->raws]))
            source->raws++;
}

/* Appends a raw parameter, decoded. */
static void put_raw(const struct source *source, struct text *text, struct span encoded, uint64_t repetition)
{
    const struct substitute substitute = {source->plan, source->request, false, repetition};
    substitute_text(text, &substitute, encoded);
}

/* The stream is empty so far, and its first bytes will be a byte-order mark. `bom` or the raw pieces may have it. */
static bool begins_with_bom(const struct source *source)
{
    char start[sizeof BOM - 1];
    struct text text = text_in(start, sizeof start);
    const struct plan *plan = source->plan;
    if (plan_number(plan, P_ECHO) != 0 || plan_number(plan, P_BOM) > 0)
        return plan_number(plan, P_ECHO) == 0;
    if (plan->body.at != NULL)
        return span_starts(plan->body, BOM);
    size_t count = plan_number(plan, P_FILL) > 0 ? 1 : source->raws; /* the fill parts the first piece from the rest */
    for (size_t i = 0; i < count && text.length < sizeof start; i++)
        put_raw(source, &text, source->room->raws[i], 1);
    return span_starts(text_written(&text), BOM);
}

/* After the last raw piece comes the first one again, if they loop. */
static void next_raw(struct source *source)
{
    if (source->body.length > 0 || ++source->raw < source->raws)
        return;
    source->raw = 0;
    source->repetition++;
    source->body = source->plan->body;
    if (source->loops != PARAMETERS_WORD)
        source->loops--;
    if (source->loops == 0)
        source->next = SOURCE_END;
}

static void begin_messages(struct source *source)
{
    source->next = source->number < plan_end(source->plan) ? SOURCE_MESSAGES : SOURCE_END;
}

/* What is next is what is next in the format. */
static void follow_format(struct source *source)
{
    source->next = SOURCE_EVENTS;
    if (source->room->formatted.stage == FORMATTED_DELTAS)
        source->next = SOURCE_MESSAGES;
    else if (source->room->formatted.stage == FORMATTED_END)
        source->next = SOURCE_END;
}

static void begin_content(struct source *source)
{
    source->next = SOURCE_HELLO;
    if (source->plan->format != NULL) {
        formatted_open(&source->room->formatted, source->plan, &source->number);
        follow_format(source);
    }
    if (plan_has_messages(source->plan))
        return;
    gather_raw(source);
    source->body = source->plan->body;
    source->retries = plan_has(source->plan, P_RETRY);
    source->retry_at = begins_with_bom(source) ? sizeof BOM - 1 : 0;
    source->next = source->raws > 0 ? SOURCE_RAW : SOURCE_END;
}

/* The same message has the same time in each response: in one that resumes, too, the list begins at message 1. */
static void begin_time(struct source *source)
{
    source->waits = plan_waits(source->plan, P_INTERVAL);
    (void)waits_next(&source->waits); /* before message 1 */
    source->elapsed = waits_sum(&source->waits, source->number - 1);
}

void source_open(struct source *source, const struct plan *plan, const struct request *request, const char *peer,
                 struct arrived arrived, struct source_room *room)
{
    source->plan = plan;
    source->request = request;
    source->peer = peer;
    source->arrived = arrived;
    source->room = room;
    source->number = plan->first;
    source->loops = plan_number(plan, P_LOOP);
    source->repetition = 1;
    source->began = source->hurries = false;
    source->next = SOURCE_ECHO;
    if (plan_has(plan, P_TIME))
        begin_time(source);
    if (plan_number(plan, P_ECHO) == 0 || plan_is_error(plan))
        begin_content(source);
}

bool source_has_next(const struct source *source)
{
    return source->next != SOURCE_END;
}

static void put_bom(const struct source *source, struct text *text)
{
    if (plan_is_error(source->plan)) /* JSON */
        return;
    for (uint64_t left = source->began ? 0 : plan_number(source->plan, P_BOM); left > 0; left--)
        text_string(text, BOM);
}

static void put_retry(const struct source *source, struct text *text)
{
    char room[LIMIT_LINE];
    struct text retry = text_in(room, sizeof room);
    plan_text(source->plan, P_RETRY, &retry);
    if (plan_has(source->plan, P_RETRY))
        message_line(text, "retry: ", text_written(&retry), plan_line_end(source->plan));
}

/* The time in the next message, in seconds: from the clock, or calculated from the time of message 1. */
static uint64_t seconds_of(const struct source *source, int64_t realtime)
{
    const struct plan *plan = source->plan;
    if (!plan_has(plan, P_TIME))
        return (uint64_t)(realtime / NS_PER_S);
    uint64_t ns = source->elapsed != UINT64_MAX ? source->elapsed : 0;
    return plan_number(plan, P_TIME) + ns / (uint64_t)NS_PER_S;
}

static void advance_time(struct source *source)
{
    uint64_t next = waits_sum(&source->waits, 1);
    source->elapsed = source->elapsed <= INT64_MAX ? source->elapsed + next : UINT64_MAX;
}

static struct piece hello_piece(struct source *source)
{
    struct text text = text_in(source->event, sizeof source->event);
    put_bom(source, &text);
    put_retry(source, &text);
    message_hello(&text, source->peer, plan_line_end(source->plan));
    begin_messages(source);
    return (struct piece){.front = text_written(&text)};
}

static struct piece message_piece(struct source *source, int64_t realtime)
{
    struct text text = text_in(source->event, sizeof source->event);
    put_bom(source, &text);
    struct piece piece = message_planned(source->plan, source->number++, seconds_of(source, realtime), &text);
    if (plan_has(source->plan, P_TIME))
        advance_time(source);
    begin_messages(source);
    return piece;
}

/*
 * Inserts the retry line into the bytes of a raw piece, unless the byte-order mark before it goes on in the next piece.
 * They have room for it: no request can fill them.
 */
static void insert_retry(struct source *source, struct text *text)
{
    size_t length = text->length;
    if (source->retry_at > length) {
        source->retry_at -= length;
        return;
    }
    char room[LIMIT_EVENT];
    struct text line = text_in(room, sizeof room);
    put_retry(source, &line);
    text_span(text, text_written(&line));
    char *at = text->at + source->retry_at;
    memmove(at + line.length, at, length - source->retry_at);
    memcpy(at, line.at, line.length);
    source->retries = false;
}

/*
 * With `split` and without `interval` nothing separates the events of a body. Then it is one piece, so that the parts
 * of a recorded stream may go across their ends.
 */
static struct span next_of_body(struct source *source)
{
    struct span all = source->body;
    if (!plan_has(source->plan, P_SPLIT) || plan_has(source->plan, P_INTERVAL))
        return event_block_next(&source->body);
    source->body = span_after(all, all.length);
    return all;
}

/* A body is sent unchanged; a parameter is decoded. */
static struct piece raw_piece(struct source *source)
{
    struct text text = text_in(source->room->bytes, sizeof source->room->bytes);
    bool is_body = source->plan->body.at != NULL;
    struct span next = is_body ? next_of_body(source) : source->room->raws[source->raw];
    put_bom(source, &text);
    if (!is_body) {
        put_raw(source, &text, next, source->repetition);
    } else if (source->retries && source->retry_at > text.length) { /* the mark is the body's */
        text_string(&text, BOM);
        next = span_after(next, sizeof BOM - 1);
    }
    if (source->retries)
        insert_retry(source, &text);
    struct piece piece = {.front = text_written(&text)};
    if (is_body)
        piece.back = next;
    else if (source->raw == 0)
        piece.padding = plan_number(source->plan, P_FILL);
    next_raw(source);
    return piece;
}

static struct piece echo_piece(struct source *source)
{
    struct text text = text_in(source->room->bytes, sizeof source->room->bytes);
    put_bom(source, &text);
    const struct echo_body body = {source->arrived.size, source->arrived.crc, source->arrived.beginning};
    echo_text(&text, source->request, &body, plan_line_end(source->plan));
    begin_content(source);
    return (struct piece){.front = text_written(&text)};
}

static struct piece formatted_piece(struct source *source)
{
    struct text text = text_in(source->room->bytes, sizeof source->room->bytes);
    put_bom(source, &text);
    struct piece piece =
        formatted_next(&source->room->formatted, source->plan, &source->number, &text, &source->hurries);
    follow_format(source);
    return piece;
}

void source_skip(struct source *source, uint64_t count)
{
    source->number += count;
    begin_messages(source);
}

struct piece source_next(struct source *source, int64_t realtime)
{
    struct piece piece = {.padding = 0};
    source->hurries = source->next == SOURCE_ECHO;
    switch (source->next) {
    case SOURCE_ECHO:
        piece = echo_piece(source);
        break;
    case SOURCE_HELLO:
        piece = hello_piece(source);
        break;
    case SOURCE_MESSAGES:
        piece = source->plan->format != NULL ? formatted_piece(source) : message_piece(source, realtime);
        break;
    case SOURCE_EVENTS:
        piece = formatted_piece(source);
        break;
    case SOURCE_RAW:
        piece = raw_piece(source);
        break;
    case SOURCE_END:
        break;
    }
    source->began = true;
    return piece;
}
