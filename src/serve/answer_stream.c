/*
 * GET and POST /stream: from the request to a plan, from the plan to a response. Refuses a request whose parameters are
 * wrong, and one without the credentials that they require.
 */
#include "base/clock.h"
#include "base/log.h"
#include "http/cors.h"
#include "http/fields.h"
#include "plan/attempt.h"
#include "plan/response_fields.h"
#include "serve/answers.h"
#include "serve/connection_plan.h"
#include "serve/reply.h"
#include "serve/request_journal.h"
#include "stream/source_length.h"
#include "stream/stream.h"

/* The next two are not inlined: their buffers would be part of a frame that a stream keeps, and need another page. */
__attribute__((noinline)) static void log_start_of_stream(const char *peer, const struct plan *plan)
{
    struct log_line line;
    struct text *text = log_start(&line, LOG_LEVEL_INFO);
    text_string(text, "Starting stream for ");
    text_string(text, peer);
    text_string(text, ", ");
    text_number(text, plan->first);
    text_string(text, " -> ");
    if (plan->counted) {
        text_number(text, plan_end(plan));
        text_string(text, " ");
    }
    text_string(text, "...");
    log_end(&line);
}

__attribute__((noinline)) static void log_end_of_stream(const char *peer, enum stream_end end)
{
    static const char *const ends[] = {
        [STREAM_SERVED] = NULL,
        [STREAM_GONE] = " closed connection.",
        [STREAM_STALLED] = " stopped reading and was dropped.",
        [STREAM_STOPPED] = " was disconnected: the server stops.",
    };
    struct log_line line;
    if (ends[end] == NULL)
        return;
    struct text *text = log_start(&line, LOG_LEVEL_INFO);
    text_string(text, "Client ");
    text_string(text, peer);
    text_string(text, ends[end]);
    log_end(&line);
}

/* Claims a slot in /status. */
static int claim_slot(struct connection *connection)
{
    struct client client = {.connected_at = clock_realtime(), .position = connection->plan.first};
    struct text peer = text_in(client.peer, sizeof client.peer - 1);
    text_string(&peer, connection->peer);
    return scoreboard_claim(connection->service->scoreboard, &client);
}

/* By default each connection has another seed. A seed is not a secret. */
static uint64_t seed_of(const struct plan *plan)
{
    struct prng prng = prng_open((uint64_t)clock_realtime() ^ (uint64_t)clock_monotonic() << 32);
    return plan_has(plan, P_SEED) ? plan_number(plan, P_SEED) : prng_next(&prng);
}

/* The decoded texts of the head are built in the room of the pieces, which is unused until the first piece. */
static void gather_planned_head(struct connection *connection, struct response *response, uint64_t seed)
{
    const struct plan *plan = &connection->plan;
    struct source_room *room = &connection->cold->pieces;
    struct text text = text_in(room->bytes, sizeof room->bytes);
    plan_text(plan, P_REASON, &text);
    if (plan_has(plan, P_REASON))
        response->reason = text_written(&text);
    struct text type = text_in(text.at + text.length, text.capacity - text.length);
    plan_text(plan, P_TYPE, &type);
    if (plan_has(plan, P_TYPE))
        response->type = text_written(&type);
    struct text names = text_in(type.at + type.length, type.capacity - type.length);
    if (response->is_exposed)
        plan_exposed_names(&names, plan);
    response->exposed = text_written(&names);
    struct text fields = text_in(names.at + names.length, names.capacity - names.length);
    plan_fields(&fields, plan, &connection->exchange.request, seed);
    response->fields = text_written(&fields);
    response->has_own_cors = plan_has_own_cors(plan);
    reply_long_head(connection, response, &fields);
}

static void gather_stream_head(struct connection *connection, enum framing framing, uint64_t seed)
{
    const struct plan *plan = &connection->plan;
    struct response response = {
        .status = (int)plan_number(plan, P_STATUS),
        .framing = framing,
        .type = span_of(plan_is_error(plan) ? "application/json" : "text/event-stream"),
        .is_exposed = plan_is_exposed(plan, &connection->exchange.request),
        .keep_alive = true,
        .no_cache = true,
        .counted = plan->counted,
        .expected_events = plan->count,
    };
    if (framing == FRAMING_LENGTH) {
        response.length = plan_length(plan, source_length(&connection->source, clock_realtime()));
        connection_plan_open(connection);
    }
    if (plan_is_plain(plan))
        reply_head(connection, &response);
    else
        gather_planned_head(connection, &response, seed);
}

static bool is_cut_before_head(const struct plan *plan)
{
    return plan_number(plan, P_CUT) == PARAMETERS_WORD;
}

/* Sends the head, with the waits before and after it. False if no body follows: the client left, or `cut` is "head". */
static bool send_head(struct connection *connection, struct pace *pace, enum framing framing, uint64_t seed)
{
    const struct plan *plan = &connection->plan;
    bool sends_body = connection->exchange.request.method != METHOD_HEAD;
    if (!pace_for(pace, (int64_t)plan_number(plan, P_DELAY)))
        return false;
    if (is_cut_before_head(plan))
        return sends_body;
    gather_stream_head(connection, framing, seed);
    if (!sends_body || plan_has_separate_head(plan))
        (void)writer_flush(&connection->writer);
    return sends_body && pace_for(pace, (int64_t)plan_number(plan, P_PAUSE));
}

static void deliver(struct connection *connection, int slot)
{
    const struct plan *plan = &connection->plan;
    struct exchange *exchange = &connection->exchange;
    uint64_t seed = plan_is_random(plan) ? seed_of(plan) : 0;
    struct presence presence = {
        .scoreboard = connection->service->scoreboard,
        .slot = slot,
        .progress = progress_open(exchange->entry),
        .began = exchange->began,
    };
    struct pace pace = pace_open(&connection->writer, &presence, plan, seed);
    struct stream stream = {
        .plan = plan,
        .source = &connection->source,
        .pace = &pace,
        .framing = is_cut_before_head(plan) ? FRAMING_NONE : plan_framing(plan, &exchange->request),
        .held = connection->cold->held,
    };
    connection_plan_open(connection);
    exchange->resets = plan_number(plan, P_END) == END_RESET;
    if (send_head(connection, &pace, stream.framing, seed)) {
        log_start_of_stream(connection->peer, plan);
        log_end_of_stream(connection->peer, stream_deliver(&stream));
        exchange->bytes = stream.bytes;
        exchange->events = stream.events;
    }
    presence_leave(&presence);
    exchange->closed_after = presence.closed_after;
    /* After the head, which must not announce a failure: some clients take a reset after "close" for a proper end. */
    exchange->persists &= plan_number(plan, P_END) == END_CLOSE && !is_cut_before_head(plan);
}

/* Sends the refusal of a request whose parameters are right: with the cookie that counts attempts, and their
 * CORS fields. */
static void answer_refused(struct connection *connection, int status)
{
    struct source_room *room = &connection->cold->pieces;
    struct text fields = text_in(room->bytes, sizeof room->bytes);
    if (status == 401)
        plan_challenge_fields(&fields, &connection->plan, &connection->exchange.request);
    else
        plan_error_fields(&fields, &connection->plan, &connection->exchange.request);
    reply_error(connection, status, &fields);
}

/* A client that gets a stream instead of one object would report an error that explains nothing. */
static int check_streams(const struct plan *plan, struct refusal *refusal)
{
    if (!plan_wants_no_stream(plan) || plan_is_error(plan))
        return 0;
    return refuse(refusal, 400,
                  plan->is_whole ? "sse-server only streams: call streamGenerateContent"
                                 : "sse-server only streams: send \"stream\": true in the request");
}

/*
 * The request navigates a browser, in a tab or a frame, and would be redirected elsewhere. This server must not serve
 * links that lead people to other sites. Browsers send this field (Fetch Metadata, 2.2) only to trustworthy origins.
 */
static bool is_open_redirect(const struct plan *plan, const struct request *request)
{
    return plan_has(plan, P_LOCATION) && span_is(fields_find(request->head, "Sec-Fetch-Mode"), "navigate");
}

static int refuse_redirect(const struct plan *plan, struct exchange *exchange)
{
    if (!is_open_redirect(plan, &exchange->request))
        return 0;
    return refuse(&exchange->refusal, 400,
                  "parameter \"location\" is for clients of streams, not for pages in a browser");
}

/* With by=key only the journal knows which attempt this is. Once it is known, the plan is made again. */
static int admit_plan(struct connection *connection)
{
    const struct plan *plan = &connection->plan;
    uint64_t number = 0;
    int status = connection_plan_make(connection);
    if (status == 0)
        status = refuse_redirect(plan, &connection->exchange);
    if (status == 0)
        status = request_journal_begin(connection, true, &number);
    if (status != 0 || number == 0 || plan_number(plan, P_BY) != BY_KEY || plan_has(plan, P_ATTEMPT))
        return status;
    status = connection_plan_for_attempt(connection, number);
    return status != 0 ? status : refuse_redirect(plan, &connection->exchange);
}

/* Sends the response. Without a slot the stream runs all the same, and /status does not list it. */
static void carry_out(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    int slot = SLOT_NONE;
    int status = plan_check_forbidden(&connection->plan, &exchange->request, &exchange->refusal);
    if (status != 0) {
        reply_refusal(connection, status);
        return;
    }
    status = plan_check_required(&connection->plan, &exchange->request, &exchange->refusal);
    if (status == 0)
        status = check_streams(&connection->plan, &exchange->refusal);
    if (status != 0) {
        answer_refused(connection, status);
        return;
    }
    if (exchange->request.method != METHOD_HEAD)
        slot = claim_slot(connection);
    deliver(connection, slot);
}

void answer_stream(struct connection *connection)
{
    int status = admit_plan(connection);
    if (status == 0)
        carry_out(connection);
    else
        reply_refusal(connection, status);
    request_journal_end(connection);
}

/* If the parameters are wrong, the preflight is answered as if there were none. The request itself gets the error. */
void answer_stream_options(struct connection *connection, unsigned methods)
{
    struct exchange *exchange = &connection->exchange;
    struct source_room *room = &connection->cold->pieces;
    struct text fields = text_in(room->bytes, sizeof room->bytes);
    bool is_planned = exchange->request.query.length > 0 && connection_plan_make(connection) == 0;
    struct response response = {.status = 204, .preflight = true, .allow = methods};
    if ((methods & METHOD_OTHER) != 0)
        response.method = cors_further_method(exchange->request.head);
    if (is_planned && plan_number(&connection->plan, P_PREFLIGHT) != 0) {
        response.status = 403;
        response.framing = FRAMING_LENGTH;
        response.has_own_cors = true;
    } else if (is_planned && plan_has_own_cors(&connection->plan)) {
        plan_preflight_fields(&fields, &connection->plan, &exchange->request);
        response.has_own_cors = true;
    }
    if (is_planned && connection->token.state == TOKEN_NONE) /* or strangers without the token could fill the journal */
        (void)request_journal_begin(connection, false, &(uint64_t){0});
    exchange->refusal.reason.length = 0; /* a preflight is answered even if the parameters are wrong */
    response.fields = text_written(&fields);
    reply_long_head(connection, &response, &fields);
    (void)writer_flush(&connection->writer);
    request_journal_end(connection);
}
