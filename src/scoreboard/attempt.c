/* Attempts. Nothing fails: what is too long is cut. */
#include "scoreboard/attempt.h"

#include <string.h>

#define KEPT_IN(member) offsetof(struct attempt, member), sizeof((struct attempt *)0)->member

const struct attempt_field_kept attempt_fields[ATTEMPT_FIELDS] = {
    [ATTEMPT_FIELD_ACCEPT] = {"Accept", "accept", KEPT_IN(accept)},
    [ATTEMPT_FIELD_CACHE_CONTROL] = {"Cache-Control", "cacheControl", KEPT_IN(cache_control)},
    [ATTEMPT_FIELD_LAST_EVENT_ID] = {"Last-Event-ID", "lastEventId", KEPT_IN(last_event_id)},
    [ATTEMPT_FIELD_ORIGIN] = {"Origin", "origin", KEPT_IN(origin)},
    [ATTEMPT_FIELD_CONTENT_TYPE] = {"Content-Type", "contentType", KEPT_IN(content_type)},
    [ATTEMPT_FIELD_USER_AGENT] = {"User-Agent", "userAgent", KEPT_IN(user_agent)},
    [ATTEMPT_FIELD_AUTHORIZATION] = {"Authorization", "authorization", KEPT_IN(authorization)},
    [ATTEMPT_FIELD_ASKED_FIELDS] = {"Access-Control-Request-Headers", "accessControlRequestHeaders",
                                    KEPT_IN(asked_fields)},
};

static const char ellipsis[] = "\xe2\x80\xa6";

static bool is_key_byte(char byte)
{
    char letter = (char)(byte | 0x20);
    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') || byte == '.' || byte == '_' ||
           byte == '-';
}

bool attempt_is_key(struct span span)
{
    size_t length = 0;
    while (length < span.length && is_key_byte(span.at[length]))
        length++;
    return length == span.length && length > 0 && length <= LIMIT_KEY_LENGTH;
}

/* The length up to `most` that does not split a UTF-8 character. */
static size_t length_cut(struct span span, size_t most)
{
    size_t length = most;
    for (int back = 0; back < 3 && length > 0 && ((unsigned char)span.at[length] & 0xc0) == 0x80; back++)
        length--;
    return length;
}

void attempt_put(char *room, size_t size, struct span span)
{
    size_t length = span.length;
    memset(room, 0, size);
    if (length >= size) {
        length = length_cut(span, size - sizeof ellipsis);
        memcpy(room + length, ellipsis, sizeof ellipsis);
    }
    if (length > 0)
        memcpy(room, span.at, length);
}

void attempt_start(struct attempt *attempt, struct span key, struct span method, struct span target)
{
    memset(attempt, 0, sizeof *attempt);
    attempt->since_before = -1;
    attempt->outcome.duration = -1;
    attempt_put(attempt->key, sizeof attempt->key, key);
    attempt_put(attempt->method, sizeof attempt->method, method);
    attempt_put(attempt->target, sizeof attempt->target, target);
}

static struct span scheme_of(struct span value)
{
    struct span scheme = span_cut(&value, ' ');
    return value.at != NULL ? scheme : (struct span){scheme.at, 0};
}

void attempt_take_field(struct attempt *attempt, enum attempt_field field, struct span value)
{
    if (field == ATTEMPT_FIELD_AUTHORIZATION)
        value = scheme_of(value);
    attempt_put((char *)attempt + attempt_fields[field].offset, attempt_fields[field].size, value);
    attempt->came |= UINT32_C(1) << field;
}

bool attempt_field(const struct attempt *attempt, enum attempt_field field, struct span *value)
{
    *value = span_of((const char *)attempt + attempt_fields[field].offset);
    return (attempt->came >> field & 1) != 0;
}

static void mend_number(int64_t *number, int64_t least)
{
    if (*number < least)
        *number = least;
}

bool attempt_mend(struct attempt *attempt)
{
    struct outcome *outcome = &attempt->outcome;
    attempt->key[sizeof attempt->key - 1] = '\0';
    attempt->method[sizeof attempt->method - 1] = '\0';
    attempt->target[sizeof attempt->target - 1] = '\0';
    for (size_t i = 0; i < ATTEMPT_FIELDS; i++)
        ((char *)attempt)[attempt_fields[i].offset + attempt_fields[i].size - 1] = '\0';
    if (attempt->fields_size + attempt->body_kept + attempt->target_size > LIMIT_DETAILS)
        attempt->fields_size = attempt->body_kept = attempt->target_size = 0;
    mend_number(&attempt->arrived, 0);
    mend_number(&attempt->since_before, -1);
    mend_number(&outcome->duration, 0);
    mend_number(&outcome->closed_after, 0);
    if (outcome->status < 100 || outcome->status > 999)
        outcome->status = 0;
    if (outcome->end == ATTEMPT_END_RUNNING) /* its process may have died while it wrote the outcome */
        *outcome = (struct outcome){.duration = -1, .closed_after = outcome->closed_after};
    return outcome->end >= 0 && outcome->end < ATTEMPT_ENDS && attempt_is_key(span_of(attempt->key));
}
