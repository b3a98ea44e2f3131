/* Calls. A value that does not fit is refused by name; a query that does not fit is cut, which its text remembers. */
#include "wpt/call.h"

#include "http/fields.h"
#include "http/form.h"
#include "http/percent.h"

bool given(const struct call *call, const char *name, struct span *value)
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

int need(struct call *call, const char *name, struct span *value)
{
    if (given(call, name, value))
        return 0;
    int status = refuse(call->refusal, 400, "parameter \"");
    text_string(&call->refusal->reason, name);
    text_string(&call->refusal->reason, "\" is needed here");
    return status;
}

struct span came(const struct call *call, const char *name)
{
    return fields_find(call->request->head, name);
}

int refuse_value(struct call *call, const char *name, const char *accepts)
{
    int status = refuse(call->refusal, 400, "parameter \"");
    text_string(&call->refusal->reason, name);
    text_string(&call->refusal->reason, "\" takes ");
    text_string(&call->refusal->reason, accepts);
    return status;
}

int take_token(struct call *call, const char *name, struct span value, struct text *text)
{
    char room[SHORT_VALUE];
    struct text plain = text_in(room, sizeof room);
    form_decode(&plain, value);
    bool fits = plain.length > 0 && !plain.truncated;
    for (size_t i = 0; i < plain.length; i++)
        fits = fits && fields_is_tchar(room[i]);
    if (!fits)
        return refuse_value(call, name, "1 to 64 letters, digits and what else may be in the name of a cookie");
    text_span(text, text_written(&plain));
    return 0;
}

int check_field(struct call *call, const char *name, struct span value)
{
    char room[FIELD_VALUE];
    struct text plain = text_in(room, sizeof room);
    form_decode(&plain, value);
    bool fits = !plain.truncated;
    for (size_t i = 0; i < plain.length; i++)
        fits = fits && ((unsigned char)room[i] >= ' ' || room[i] == '\t') && room[i] != 0x7f;
    return fits ? 0 : refuse_value(call, name, "at most 1024 bytes without control characters");
}

void begin(struct call *call, const char *name)
{
    text_string(call->query, "&");
    text_string(call->query, name);
    text_string(call->query, "=");
}

void add(struct call *call, const char *string)
{
    form_encode(call->query, span_of(string));
}

void add_bytes(struct call *call, struct span bytes)
{
    form_encode(call->query, bytes);
}

void add_encoded(struct call *call, struct span encoded)
{
    text_span(call->query, encoded);
}

void add_given(struct call *call, const char *name, const char *otherwise)
{
    struct span value;
    if (given(call, name, &value))
        add_encoded(call, value);
    else
        add(call, otherwise);
}

void put(struct call *call, const char *name, const char *value)
{
    begin(call, name);
    add(call, value);
}
