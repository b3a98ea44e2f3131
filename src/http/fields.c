/* Header fields. Nothing fails: every call takes at least one line, and a line that is no field is skipped. */
#include "http/fields.h"

#include <string.h>

struct span fields_begin(struct span head)
{
    (void)span_cut(&head, '\n');
    return head;
}

bool fields_next(struct span *rest, struct span *name, struct span *value)
{
    while (rest->at != NULL) {
        struct span line = span_cut(rest, '\n');
        if (line.length > 0 && line.at[line.length - 1] == '\r')
            line.length--;
        if (line.length == 0)
            break;
        *name = span_cut(&line, ':');
        if (line.at == NULL)
            continue;
        *value = span_trim(line);
        return true;
    }
    *rest = (struct span){NULL, 0};
    return false;
}

struct span fields_find(struct span head, const char *name)
{
    struct span rest = fields_begin(head);
    struct span found, value;
    while (fields_next(&rest, &found, &value))
        if (span_like(found, name))
            return value;
    return (struct span){NULL, 0};
}

static int to_lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
}

bool fields_is_same_name(struct span one, struct span other)
{
    size_t same = 0;
    while (same < one.length && same < other.length && to_lower(one.at[same]) == to_lower(other.at[same]))
        same++;
    return same == one.length && same == other.length;
}

bool fields_is_tchar(char byte)
{
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
        return true;
    return byte != '\0' && strchr("!#$%&'*+-.^_`|~", byte) != NULL;
}

bool fields_is_token(struct span span)
{
    size_t i = 0;
    while (i < span.length && fields_is_tchar(span.at[i]))
        i++;
    return i > 0 && i == span.length;
}

void fields_write(struct text *text, const char *name, struct span value)
{
    text_string(text, name);
    text_string(text, ": ");
    text_span(text, value);
    text_string(text, "\r\n");
}
