/* Parameters of a call, and the query that a handler writes. */
#include "wpt/call.h"

#include "http/fields.h"
#include "http/form.h"
#include "http/percent.h"
#include "wpt/integer.h"

void call_note_earlier(struct call *call, const struct attempt *attempt)
{
    bool is_preflight = span_is(span_of(attempt->method), "OPTIONS");
    if (is_preflight)
        call->preflight = *attempt;
    call->had_preflight |= is_preflight;
    call->open_streams += attempt->outcome.end == ATTEMPT_END_RUNNING && span_is(span_of(attempt->method), "GET");
}

bool call_parameter(const struct call *call, const char *name, struct span *value)
{
    struct span rest = call->request->query;
    struct span found;
    bool is_given = false;
    while (!is_given && form_next(&rest, &found, value))
        is_given = percent_decodes_to(found, name);
    if (!is_given || value->at == NULL)
        *value = span_of("");
    return is_given;
}

int call_require(struct call *call, const char *name, struct span *value)
{
    if (call_parameter(call, name, value))
        return 0;
    int status = refuse(call->refusal, 400, "parameter \"");
    text_string(&call->refusal->reason, name);
    text_string(&call->refusal->reason, "\" is required");
    return status;
}

bool call_integer(const struct call *call, const char *name, int64_t *number)
{
    char room[CALL_FIELD_MAX];
    struct text plain = text_in(room, sizeof room);
    struct span value;
    if (!call_parameter(call, name, &value))
        return false;
    form_decode(&plain, value);
    return !plain.truncated && integer_parse(text_written(&plain), number);
}

struct span call_header(const struct call *call, const char *name)
{
    return fields_find(call->request->head, name);
}

int call_refuse(struct call *call, const char *name, const char *accepts)
{
    int status = refuse(call->refusal, 400, "parameter \"");
    text_string(&call->refusal->reason, name);
    text_string(&call->refusal->reason, "\" takes ");
    text_string(&call->refusal->reason, accepts);
    return status;
}

int call_take_token(struct call *call, const char *name, struct span value, struct text *text)
{
    char room[CALL_TOKEN_MAX];
    struct text plain = text_in(room, sizeof room);
    form_decode(&plain, value);
    bool fits = plain.length > 0 && !plain.truncated;
    for (size_t i = 0; i < plain.length; i++)
        fits = fits && fields_is_tchar(room[i]);
    if (!fits)
        return call_refuse(call, name, "1 to 64 letters, digits or any of !#$%&'*+-.^_`|~");
    text_span(text, text_written(&plain));
    return 0;
}

int call_check_field(struct call *call, const char *name, struct span value)
{
    char room[CALL_FIELD_MAX];
    struct text plain = text_in(room, sizeof room);
    form_decode(&plain, value);
    bool fits = !plain.truncated;
    for (size_t i = 0; i < plain.length; i++)
        fits = fits && ((unsigned char)room[i] >= ' ' || room[i] == '\t') && room[i] != 0x7f;
    return fits ? 0 : call_refuse(call, name, "at most 1024 bytes without control characters");
}

void call_begin(struct call *call, const char *name)
{
    text_string(call->query, "&");
    text_string(call->query, name);
    text_string(call->query, "=");
}

void call_add(struct call *call, const char *string)
{
    form_encode(call->query, span_of(string));
}

void call_add_bytes(struct call *call, struct span bytes)
{
    form_encode(call->query, bytes);
}

void call_add_encoded(struct call *call, struct span encoded)
{
    text_span(call->query, encoded);
}

void call_add_parameter(struct call *call, const char *name, const char *otherwise)
{
    struct span value;
    if (call_parameter(call, name, &value))
        call_add_encoded(call, value);
    else
        call_add(call, otherwise);
}

void call_put(struct call *call, const char *name, const char *value)
{
    call_begin(call, name);
    call_add(call, value);
}

void call_put_status(struct call *call, int64_t status)
{
    call_begin(call, "status");
    text_number(call->query, status > 0 ? (uint64_t)status : 0);
}
