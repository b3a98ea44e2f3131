/* The JSON of an attempt. Nothing fails. */
#include "scoreboard/record.h"

#include "base/calendar.h"
#include "base/clock.h"
#include "base/json.h"

static const char *const ends[ATTEMPT_ENDS] = {
    [ATTEMPT_END_RUNNING] = "running",
    [ATTEMPT_END_SERVED] = "served",
    [ATTEMPT_END_CLIENT_CLOSED] = "client closed",
    [ATTEMPT_END_CLIENT_RESET] = "client reset",
    [ATTEMPT_END_WRITE_TIMED_OUT] = "write timed out",
    [ATTEMPT_END_STOPPED] = "stopped",
};

static void name_member(struct text *text, const char *name)
{
    text_string(text, ",\"");
    text_string(text, name);
    text_string(text, "\":");
}

static void string_member(struct text *text, const char *name, const char *value)
{
    name_member(text, name);
    json_string(text, span_of(value));
}

static void number_member(struct text *text, const char *name, uint64_t value)
{
    name_member(text, name);
    text_number(text, value);
}

/* A negative time is unknown: null. */
static void time_member(struct text *text, const char *name, int64_t ns)
{
    name_member(text, name);
    if (ns < 0)
        text_string(text, "null");
    else
        text_number(text, (uint64_t)(ns / NS_PER_MS));
}

static void headers_member(struct text *text, const struct attempt *attempt)
{
    const char *comma = "";
    text_string(text, ",\"headers\":{");
    for (enum attempt_field field = 0; field < ATTEMPT_FIELDS; field++) {
        struct span value;
        if (!attempt_field(attempt, field, &value))
            continue;
        text_string(text, comma);
        json_string(text, span_of(attempt_fields[field].json_name));
        text_string(text, ":");
        json_string(text, value);
        comma = ",";
    }
    text_string(text, "}");
}

static void fields_member(struct text *text, const struct attempt *attempt, const struct details *details)
{
    struct span name, value;
    const char *comma = "";
    text_string(text, ",\"fields\":{");
    for (size_t at = 0; details_next_field(details, attempt, &at, &name, &value); comma = ",") {
        text_string(text, comma);
        json_string(text, name);
        text_string(text, ":");
        json_string(text, value);
    }
    text_string(text, "}");
}

static void body_member(struct text *text, const struct attempt *attempt, const struct details *details)
{
    text_string(text, ",\"body\":{\"size\":");
    text_number(text, attempt->body_size);
    text_string(text, ",\"crc32\":\"");
    for (int shift = 28; shift >= 0; shift -= 4)
        text_hex(text, attempt->body_crc32 >> shift & 0xf);
    text_string(text, "\",\"beginning\":");
    json_string(text, details_body(details, attempt));
    text_string(text, "}");
}

static void outcome_members(struct text *text, const struct outcome *outcome)
{
    name_member(text, "status");
    if (outcome->status == 0)
        text_string(text, "null");
    else
        text_number(text, (uint64_t)outcome->status);
    number_member(text, "bytes", outcome->bytes);
    number_member(text, "events", outcome->events);
    time_member(text, "durationMs", outcome->duration);
    time_member(text, "closedAfterMs", outcome->closed_after > 0 ? outcome->closed_after : -1);
    string_member(text, "end", ends[outcome->end]);
}

void record_json(struct text *text, const struct attempt *attempt, const struct details *details)
{
    text_string(text, "{\"key\":");
    json_string(text, span_of(attempt->key));
    number_member(text, "attempt", attempt->number);
    name_member(text, "arrivedAt");
    text_string(text, "\"");
    calendar_rfc3339(text, attempt->arrived);
    text_string(text, "\"");
    time_member(text, "sinceLastMs", attempt->since_before);
    string_member(text, "method", attempt->method);
    name_member(text, "target");
    json_string(text, details_target(details, attempt));
    headers_member(text, attempt);
    fields_member(text, attempt, details);
    body_member(text, attempt, details);
    outcome_members(text, &attempt->outcome);
    text_string(text, "}");
}
