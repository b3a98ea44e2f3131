/* Which parameters exclude or need each other. A fault names both, and says why. */
#include "plan/validate.h"

#include "formats/template.h"
#include "plan/attempt.h"
#include "plan/heartbeat.h"
#include "plan/substitute.h"

/* Pairs that must not be given together. */
static const struct {
    unsigned char one, other;
    const char *why;
} exclusions[] = {
    {P_RAW, P_COUNT, "it replaces the messages; use loop to repeat raw pieces"},
    {P_RAW, P_SIZE, "it replaces the messages; use fill for a longer piece"},
    {P_RAW, P_EVENT, "it replaces the messages"},
    {P_RAW, P_EOL, "raw bytes are sent unchanged"},
    {P_RAW, P_RESUME, "it replaces the messages"},
    {P_RAW, P_TIME, "it replaces the messages"},
};

/* If the first is given, the second must be given too. */
static const struct {
    unsigned char one, needed;
    const char *why;
} needs[] = {
    {P_LOOP, P_RAW, "loop repeats raw pieces"},
    {P_GAP, P_SPLIT, "gap is the wait between the writes that split makes"},
    {P_LOG, P_KEY, "/log shows only requests with a key"},
    {P_LOCATION, P_STATUS, "Location is sent only with a status of 200, 201, 202 or 3xx; say which"},
};

/* What the reader wrote: a parameter, or what stands for it without being one. */
static void append_name(struct text *text, const struct plan *plan, enum parameter_name name)
{
    if (name == P_RAW && plan->body.at != NULL) {
        text_string(text, "a text/event-stream body");
        return;
    }
    if (name == P_FORMAT && !plan_has(plan, name)) {
        text_string(text, "the format of this path, which format=messages turns off");
        return;
    }
    text_string(text, "\"");
    text_string(text, parameters[name].name);
    text_string(text, plan_has(plan, name) && plan->ranks[name] == RANK_CASE ? "\" of the case" : "\"");
}

static int refuse_both(const struct plan *plan, struct refusal *refusal, enum parameter_name one,
                       enum parameter_name other, const char *why)
{
    int status = refuse(refusal, 400, one == P_RAW && plan->body.at != NULL ? "" : "parameter ");
    append_name(&refusal->reason, plan, one);
    text_string(&refusal->reason, " cannot be combined with ");
    append_name(&refusal->reason, plan, other);
    text_string(&refusal->reason, ": ");
    text_string(&refusal->reason, why);
    return status;
}

static int refuse_missing(struct refusal *refusal, enum parameter_name one, enum parameter_name other, const char *why)
{
    int status = refuse(refusal, 400, "parameter \"");
    text_string(&refusal->reason, parameters[one].name);
    text_string(&refusal->reason, "\" needs \"");
    text_string(&refusal->reason, parameters[other].name);
    text_string(&refusal->reason, "\": ");
    text_string(&refusal->reason, why);
    return status;
}

/* A text/event-stream body counts as a raw piece. */
static bool is_given(const struct plan *plan, enum parameter_name name)
{
    return plan_has(plan, name) || (name == P_RAW && !plan_has_messages(plan));
}

static int check_tables(const struct plan *plan, struct refusal *refusal)
{
    for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions; i++)
        if (is_given(plan, exclusions[i].one) && plan_has(plan, exclusions[i].other))
            return refuse_both(plan, refusal, exclusions[i].one, exclusions[i].other, exclusions[i].why);
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (plan_has(plan, needs[i].one) && !is_given(plan, needs[i].needed))
            return refuse_missing(refusal, needs[i].one, needs[i].needed, needs[i].why);
    return 0;
}

static int refuse_text(const struct plan *plan, struct refusal *refusal)
{
    int status = refuse_both(plan, refusal, plan_has(plan, P_SIZE) ? P_SIZE : P_COUNT, P_FORMAT,
                             "this format repeats the whole text at its end; use finish=no, or a text of at most ");
    text_number(&refusal->reason, LIMIT_WHOLE);
    text_string(&refusal->reason, " bytes");
    return status;
}

/* The closing events are sent, and the text that they repeat is too long. */
static bool repeats_too_much(const struct plan *plan)
{
    uint64_t size = plan_has(plan, P_SIZE) ? plan_number(plan, P_SIZE) : TEMPLATE_TEXT;
    bool closes = plan_number(plan, P_FINISH) == 0 && !plan_has(plan, P_ERROR_AFTER);
    return closes && format_repeats_text(plan->format) && plan->count > LIMIT_WHOLE / size;
}

static int check_format(const struct plan *plan, struct refusal *refusal)
{
    static const char fields[] = "the format decides which fields its events have";
    if (plan->format == NULL && plan_has(plan, P_FINISH))
        return refuse_missing(refusal, P_FINISH, P_FORMAT, "only a format has final events");
    if (plan->format == NULL && plan_has(plan, P_ERROR_AFTER))
        return refuse_missing(refusal, P_ERROR_AFTER, P_FORMAT, "only a format has an error");
    if (plan->format == NULL)
        return 0;
    if (!plan_has_messages(plan))
        return refuse_both(plan, refusal, P_RAW, P_FORMAT, "it replaces the messages");
    if (plan_has(plan, P_EVENT))
        return refuse_both(plan, refusal, P_EVENT, P_FORMAT, fields);
    if (plan_has(plan, P_RETRY))
        return refuse_both(plan, refusal, P_RETRY, P_FORMAT, fields);
    if (plan_has(plan, P_ERROR_AFTER) && plan_has(plan, P_FINISH))
        return refuse_both(plan, refusal, P_ERROR_AFTER, P_FINISH, "the stream ends with the error");
    if (plan_has(plan, P_COUNT) && plan_has(plan, P_ERROR_AFTER) &&
        plan_number(plan, P_COUNT) < plan_number(plan, P_ERROR_AFTER))
        return refuse_both(plan, refusal, P_ERROR_AFTER, P_COUNT, "the stream ends before the error");
    return repeats_too_much(plan) ? refuse_text(plan, refusal) : 0;
}

static int refuse_length(struct refusal *refusal)
{
    int status =
        refuse_missing(refusal, P_FRAMING, P_COUNT, "a length needs an end; the maximum number of messages is ");
    text_number(&refusal->reason, LIMIT_COUNTED_MESSAGES);
    return status;
}

static int check_framing(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    enum framing framing = plan_framing(plan, request);
    uint64_t end = plan_number(plan, P_END);
    if (framing == FRAMING_NONE)
        return 0; /* allowed, so that "3.status=204" can follow attempts with a body */
    if (plan_has(plan, P_FRAMING) && framing == FRAMING_CHUNKED && request->minor == 0)
        return refuse(refusal, 400, "parameter \"framing\" cannot be chunked: HTTP/1.0 has no chunked coding");
    if (plan_has(plan, P_CHUNK) && framing != FRAMING_CHUNKED)
        return refuse_both(plan, refusal, P_CHUNK, P_FRAMING, "only framing=chunked has chunks");
    if (end == END_BADCHUNK && framing != FRAMING_CHUNKED)
        return refuse_both(plan, refusal, P_END, P_FRAMING, "only framing=chunked can end with a bad chunk");
    if (end == END_TRUNCATE && framing == FRAMING_CLOSE)
        return refuse_both(plan, refusal, P_END, P_FRAMING, "with framing=close, a truncated body looks complete");
    if (framing != FRAMING_LENGTH)
        return 0;
    if (plan_number(plan, P_ENCODING) != 0)
        return refuse_both(plan, refusal, P_FRAMING, P_ENCODING, "the coded length is unknown before the body is sent");
    if (plan_has(plan, P_HEARTBEAT))
        return refuse_both(plan, refusal, P_FRAMING, P_HEARTBEAT,
                           "the number of comments is unknown before the body is sent");
    if (plan_number(plan, P_LOOP) == PARAMETERS_WORD)
        return refuse_both(plan, refusal, P_FRAMING, P_LOOP, "an endless body has no length");
    if (plan_has_messages(plan) && plan->count > LIMIT_COUNTED_MESSAGES)
        return refuse_length(refusal);
    return 0;
}

/* A loop without bytes would run as fast as it can and send nothing. */
static bool has_raw_bytes(const struct plan *plan, const struct request *request)
{
    const struct substitute substitute = {plan, request, false, 1};
    unsigned index = 0;
    struct span piece;
    bool found = plan->body.length > 0 || plan_number(plan, P_FILL) > 0;
    while (!found && plan_next(plan, &index, P_RAW, &piece))
        found = substitute_length(&substitute, piece) > 0;
    return found;
}

/* 201 names what was created, 202 and 200 what shows the progress (RFC 9110, 10.2.2 and 15.3). */
static bool goes_with_location(uint64_t status)
{
    return (status >= 200 && status <= 202) || (status >= 300 && status <= 399);
}

static int refuse_piece(const struct plan *plan, struct refusal *refusal, uint64_t piece, const char *why)
{
    int status = refuse_both(plan, refusal, P_HEARTBEAT, P_RAW, "piece ");
    text_number(&refusal->reason, piece);
    text_string(&refusal->reason, why);
    return status;
}

static int check_heartbeat(const struct plan *plan, struct refusal *refusal)
{
    uint64_t piece = 0;
    bool is_silent = waits_longest(plan_waits(plan, P_INTERVAL)) > 0;
    if (!is_silent && plan_has(plan, P_INTERVAL))
        return refuse_both(plan, refusal, P_HEARTBEAT, P_INTERVAL, "with interval=0 the stream is never silent");
    if (!is_silent)
        return refuse_missing(refusal, P_HEARTBEAT, P_INTERVAL, "without it, there is no wait between two raw pieces");
    switch (plan_has_messages(plan) ? HEARTBEAT_FITS : heartbeat_check(plan, &piece)) {
    case HEARTBEAT_IN_LINE:
        return refuse_piece(plan, refusal, piece,
                            " does not end with a line end, so a comment after it would be in the middle of a line; "
                            "end it with %0A, or make the wait after it 0");
    case HEARTBEAT_IN_CR_LF:
        return refuse_piece(plan, refusal, piece,
                            " ends with CR and the next one begins with LF, so a comment between them would make two "
                            "line ends of one; move the LF to the end of this piece");
    case HEARTBEAT_FITS:
        break;
    }
    return 0;
}

static int check_rest(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    if (plan_number(plan, P_BY) == BY_KEY && !plan_has(plan, P_KEY))
        return refuse_missing(refusal, P_BY, P_KEY, "by=key counts the attempts of a key");
    if (plan_has(plan, P_RAW) && plan->body.at != NULL)
        return refuse(
            refusal, 400,
            "parameter \"raw\" cannot be combined with a text/event-stream body: only one of them can be sent");
    if (plan_has(plan, P_FILL) && !plan_has(plan, P_RAW))
        return refuse_missing(refusal, P_FILL, P_RAW, "fill lengthens the first raw piece");
    if (plan_has(plan, P_LOOP) && !has_raw_bytes(plan, request))
        return refuse_missing(refusal, P_LOOP, P_RAW, "loop needs something to repeat, and the raw pieces are empty");
    if (plan_has(plan, P_LOCATION) && !goes_with_location(plan_number(plan, P_STATUS)))
        return refuse_both(plan, refusal, P_LOCATION, P_STATUS,
                           "Location is sent only with a status of 200, 201, 202 or 3xx");
    return plan_has(plan, P_HEARTBEAT) ? check_heartbeat(plan, refusal) : 0;
}

int plan_validate(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    if (plan_is_plain(plan))
        return 0;
    int status = check_tables(plan, refusal);
    if (status == 0)
        status = check_format(plan, refusal);
    if (status == 0)
        status = check_framing(plan, request, refusal);
    if (status == 0)
        status = substitute_check(plan, request, refusal);
    return status != 0 ? status : check_rest(plan, request, refusal);
}
