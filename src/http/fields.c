/* Fields. Nothing fails: every call takes at least one line, and what is no field line is passed over. */
#include "http/fields.h"

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
