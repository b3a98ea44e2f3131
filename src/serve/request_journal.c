/* The journal's entry of a request. Without a journal the request gets 503; the record of an end is lost. */
#include "serve/request_journal.h"

#include "base/clock.h"
#include "http/fields.h"
#include "http/secret.h"
#include "scoreboard/journal.h"

/* Cuts the value behind its scheme, because attempt_take_field() would take a tab for a part of the scheme. */
static struct span without_secret(struct span name, struct span value)
{
    if (secret_of(name) == SECRET_CREDENTIALS) {
        size_t length = secret_scheme(value).length;
        value.length = length > 0 ? length + 1 : 0;
    }
    return value;
}

static void take_fields(struct attempt *attempt, struct span head)
{
    struct span rest = fields_begin(head);
    struct span name, value;
    while (fields_next(&rest, &name, &value))
        for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++)
            if (span_like(name, attempt_fields[field].name))
                attempt_take_field(attempt, field, without_secret(name, value));
}

/* Appends as much of a value as fits. Several fields of the same name count as a list (RFC 9110, 5.3). */
static void join_value(struct text *text, struct span value, bool is_first)
{
    text_string(text, is_first ? "" : ", ");
    size_t left = text->capacity - text->length;
    if (value.length > left)
        value.length = left;
    text_span(text, value);
}

static void take_named_field(struct cold *cold, struct span head, struct span wanted)
{
    char room[LIMIT_LOG_FIELD + 4]; /* a value that is too long is seen to be so, and cut */
    struct text joined = text_in(room, sizeof room);
    struct span rest = fields_begin(head), name, value;
    bool found = false;
    while (fields_next(&rest, &name, &value)) {
        if (!fields_is_same_name(name, wanted))
            continue;
        join_value(&joined, value, !found);
        found = true;
    }
    if (found)
        details_take_field(&cold->details, &cold->attempt, wanted, text_written(&joined));
}

/* Not inlined: requests without a key would have its buffers in their frame, too. */
__attribute__((noinline)) static void take_details(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    struct cold *cold = connection->cold;
    const struct arrived *arrived = &exchange->arrived;
    char room[LIMIT_LOG_NAMES];
    struct text names = text_in(room, sizeof room);
    plan_text(&connection->plan, P_LOG, &names);
    struct span rest = text_written(&names);
    while (plan_has(&connection->plan, P_LOG) && rest.at != NULL)
        take_named_field(cold, exchange->request.head, span_cut(&rest, ','));
    details_take_body(&cold->details, &cold->attempt, arrived->beginning, arrived->size > arrived->beginning.length);
    details_take_target(&cold->details, &cold->attempt, exchange->request.target);
}

int request_journal_begin(struct connection *connection, bool counts, uint64_t *number)
{
    struct exchange *exchange = &connection->exchange;
    struct scoreboard *scoreboard = connection->service->scoreboard;
    struct attempt *attempt = &connection->cold->attempt;
    char room[LIMIT_KEY];
    struct text key = text_in(room, sizeof room - 1);
    if (!plan_has(&connection->plan, P_KEY))
        return 0;
    plan_text(&connection->plan, P_KEY, &key);
    attempt_start(attempt, text_written(&key), exchange->request.method_name, exchange->request.target);
    take_fields(attempt, exchange->request.head);
    take_details(connection);
    attempt->arrived = clock_realtime();
    attempt->body_size = exchange->arrived.size;
    attempt->body_crc32 = exchange->arrived.crc;
    if (!journal_begin(scoreboard, attempt, &connection->cold->details, counts, &exchange->entry))
        return refuse(&exchange->refusal, 503, scoreboard->why);
    *number = attempt->number;
    return 0;
}

static enum attempt_end how_it_ended(const struct writer *writer)
{
    if (writer->state == WRITER_GONE)
        return writer->was_reset ? ATTEMPT_END_CLIENT_RESET : ATTEMPT_END_CLIENT_CLOSED;
    if (writer->state == WRITER_STALLED)
        return ATTEMPT_END_WRITE_TIMED_OUT;
    return writer->stopping ? ATTEMPT_END_STOPPED : ATTEMPT_END_SERVED;
}

void request_journal_end(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    struct outcome outcome = {
        .bytes = exchange->bytes,
        .events = exchange->events,
        .duration = clock_monotonic() - exchange->began,
        .closed_after = exchange->closed_after,
        .status = exchange->status,
        .end = how_it_ended(&connection->writer),
    };
    if (connection->writer.state == WRITER_GONE && outcome.closed_after == 0) /* a write found out, and not a wait */
        outcome.closed_after = outcome.duration;
    if (exchange->entry.ticket != 0)
        journal_end(connection->service->scoreboard, exchange->entry, &outcome);
}
