/* Media types. Nothing fails: a value that is not well-formed names no type. */
#include "http/media_type.h"

#include "http/fields.h"

bool media_type_is(struct span content_type, const char *type)
{
    struct span rest = content_type;
    return span_like(span_trim(span_cut(&rest, ';')), type);
}

bool media_type_is_json(struct span content_type)
{
    static const char suffix[] = "+json";
    struct span rest = content_type;
    struct span type = span_trim(span_cut(&rest, ';'));
    if (media_type_is(content_type, "application/json"))
        return true;
    return type.length >= sizeof suffix && span_like(span_after(type, type.length - (sizeof suffix - 1)), suffix);
}

/* Cuts off the value before the next comma that is outside a quoted string. The rest has no address if it is the last.
 */
static struct span cut_value(struct span *rest)
{
    bool quoted = false;
    struct span list = *rest;
    for (size_t i = 0; i < list.length; i++) {
        if (list.at[i] == '"')
            quoted = !quoted;
        else if (list.at[i] == '\\' && quoted)
            i++;
        else if (list.at[i] == ',' && !quoted) {
            *rest = span_after(list, i + 1);
            return (struct span){list.at, i};
        }
    }
    *rest = (struct span){NULL, 0};
    return list;
}

static bool is_token_text(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!fields_is_tchar(text.at[i]))
            return false;
    return text.length > 0;
}

void media_type_take(struct span content_type, const char *type, bool *is_it)
{
    while (content_type.at != NULL) {
        struct span rest = cut_value(&content_type);
        struct span essence = span_trim(span_cut(&rest, ';'));
        struct span subtype = essence;
        struct span name = span_cut(&subtype, '/');
        if (is_token_text(name) && is_token_text(subtype) && !span_is(essence, "*/*"))
            *is_it = span_like(essence, type);
    }
}

/* "q=0" or "q=0.00": not acceptable (RFC 9110, 12.4.2). */
static bool is_zero_weight(struct span parameter)
{
    if (!span_starts_like(parameter, "q=0"))
        return false;
    for (size_t i = 3; i < parameter.length; i++)
        if (parameter.at[i] != '0' && parameter.at[i] != '.')
            return false;
    return true;
}

static bool has_zero_weight(struct span range)
{
    struct span rest = range;
    (void)span_cut(&rest, ';');
    while (rest.at != NULL)
        if (is_zero_weight(span_trim(span_cut(&rest, ';'))))
            return true;
    return false;
}

static bool list_names(struct span list, const char *type)
{
    struct span rest = list;
    while (rest.at != NULL) {
        struct span range = span_cut(&rest, ',');
        if (media_type_is(range, type) && !has_zero_weight(range))
            return true;
    }
    return false;
}

bool media_type_is_accepted(struct span head, const char *type)
{
    struct span rest = fields_begin(head);
    struct span name, value;
    while (fields_next(&rest, &name, &value))
        if (span_like(name, "Accept") && list_names(value, type))
            return true;
    return false;
}
