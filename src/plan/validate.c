/* The rules by which parameters exclude or need each other, in two tables and a few tests of numbers. */
#include "plan/validate.h"

#include "plan/attempt.h"

/* Both were given: that makes no sense. */
static const struct {
    unsigned char one, other;
    const char *why;
} exclusions[] = {
    {P_RAW, P_COUNT, "count is of messages, and raw replaces them; loop repeats raw pieces"},
    {P_RAW, P_SIZE, "size is of messages, and raw replaces them"},
    {P_RAW, P_EVENT, "event is for messages, and raw replaces them"},
    {P_RAW, P_RETRY, "retry is for the hello, and raw replaces it"},
    {P_RAW, P_EOL, "eol is for hello and messages, and raw is sent as it is"},
    {P_RAW, P_RESUME, "resume is for messages, and raw replaces them"},
    {P_RAW, P_TIME, "time is for messages, and raw replaces them"},
    {P_RAW, P_HEARTBEAT, "a comment could come in the middle of a line; put it into a raw piece"},
};

/* The first was given: the second must be, too. */
static const struct {
    unsigned char one, needed;
    const char *why;
} needs[] = {
    {P_LOOP, P_RAW, "raw pieces are what is sent again"},
    {P_GAP, P_SPLIT, "a gap is between the writes that split makes"},
    {P_LOCATION, P_STATUS, "a location goes with a status of 3xx"},
};

static int refuse_pair(struct refusal *refusal, enum parameter_name one, const char *what, enum parameter_name other,
                       const char *why)
{
    int status = refuse(refusal, 400, "parameter \"");
    text_string(&refusal->reason, parameters[one].name);
    text_string(&refusal->reason, what);
    text_string(&refusal->reason, parameters[other].name);
    text_string(&refusal->reason, "\": ");
    text_string(&refusal->reason, why);
    return status;
}

static int exclude(struct refusal *refusal, enum parameter_name one, enum parameter_name other, const char *why)
{
    return refuse_pair(refusal, one, "\" does not go with \"", other, why);
}

static int need(struct refusal *refusal, enum parameter_name one, enum parameter_name other, const char *why)
{
    return refuse_pair(refusal, one, "\" needs \"", other, why);
}

/* A body of text/event-stream is one more raw piece. */
static bool is_there(const struct plan *plan, enum parameter_name name)
{
    return plan_has(plan, name) || (name == P_RAW && !plan_has_messages(plan));
}

static int check_tables(const struct plan *plan, struct refusal *refusal)
{
    for (size_t i = 0; i < sizeof exclusions / sizeof *exclusions; i++)
        if (is_there(plan, exclusions[i].one) && plan_has(plan, exclusions[i].other))
            return exclude(refusal, exclusions[i].one, exclusions[i].other, exclusions[i].why);
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (plan_has(plan, needs[i].one) && !is_there(plan, needs[i].needed))
            return need(refusal, needs[i].one, needs[i].needed, needs[i].why);
    return 0;
}

static int check_framing(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    enum framing framing = plan_framing(plan, request);
    uint64_t end = plan_number(plan, P_END);
    if (framing == FRAMING_NONE)
        return 0; /* no body, no harm: "3.status=204" may stand beside what is for the attempts before */
    if (plan_has(plan, P_FRAMING) && framing == FRAMING_CHUNKED && request->minor == 0)
        return refuse(refusal, 400, "parameter \"framing\" is chunked, and HTTP/1.0 has no chunks");
    if (plan_has(plan, P_CHUNK) && framing != FRAMING_CHUNKED)
        return exclude(refusal, P_CHUNK, P_FRAMING, "only chunked has chunks");
    if (end == END_BADCHUNK && framing != FRAMING_CHUNKED)
        return exclude(refusal, P_END, P_FRAMING, "only chunked can end with a bad chunk");
    if (end == END_TRUNCATE && framing == FRAMING_CLOSE)
        return exclude(refusal, P_END, P_FRAMING, "with close, a body that is cut off cannot be told from a whole one");
    if (framing != FRAMING_LENGTH)
        return 0;
    if (plan_number(plan, P_ENCODING) != 0)
        return exclude(refusal, P_FRAMING, P_ENCODING, "the coded length is not known before");
    if (plan_has(plan, P_HEARTBEAT))
        return exclude(refusal, P_FRAMING, P_HEARTBEAT, "the length is not known before");
    if (plan_number(plan, P_LOOP) == VALUE_WORD)
        return exclude(refusal, P_FRAMING, P_LOOP, "a body without end has no length");
    if (plan_has_messages(plan) && plan->count > LIMIT_COUNTED_MESSAGES)
        return need(refusal, P_FRAMING, P_COUNT, "a length needs an end; at most 100000 messages are accepted");
    return 0;
}

/* A loop without bytes would run as fast as it can and send nothing. */
static bool has_raw_bytes(const struct plan *plan)
{
    unsigned index = 0;
    struct span piece;
    bool found = plan->body.length > 0 || plan_number(plan, P_FILL) > 0;
    while (!found && plan_next(plan, &index, P_RAW, &piece))
        found = piece.length > 0;
    return found;
}

static int check_rest(const struct plan *plan, struct refusal *refusal)
{
    uint64_t status = plan_number(plan, P_STATUS);
    if (plan_number(plan, P_BY) == BY_KEY && !plan_has(plan, P_KEY))
        return need(refusal, P_BY, P_KEY, "attempts are counted under a key");
    if (plan_has(plan, P_RAW) && plan->body.at != NULL)
        return refuse(refusal, 400, "parameter \"raw\" does not go with a body of text/event-stream: either is sent");
    if (plan_has(plan, P_FILL) && !plan_has(plan, P_RAW))
        return need(refusal, P_FILL, P_RAW, "a raw piece is what is filled up");
    if (plan_has(plan, P_LOOP) && !has_raw_bytes(plan))
        return need(refusal, P_LOOP, P_RAW, "of nothing there is nothing to send again");
    if (plan_has(plan, P_LOCATION) && (status < 300 || status > 399))
        return exclude(refusal, P_LOCATION, P_STATUS, "a location goes with a status of 3xx");
    if (plan_has(plan, P_HEARTBEAT) && plan_has(plan, P_INTERVAL) && plan_number(plan, P_INTERVAL) == 0)
        return exclude(refusal, P_HEARTBEAT, P_INTERVAL, "with interval=0 nothing is ever silent");
    return 0;
}

int plan_validate(const struct plan *plan, const struct request *request, struct refusal *refusal)
{
    if (plan_is_plain(plan))
        return 0;
    int status = check_tables(plan, refusal);
    if (status == 0)
        status = check_framing(plan, request, refusal);
    return status != 0 ? status : check_rest(plan, refusal);
}
