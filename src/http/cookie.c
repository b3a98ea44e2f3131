/* Cookies. Nothing fails: a part that is no cookie is skipped. */
#include "http/cookie.h"

#include "http/fields.h"

bool cookie_next(struct span *rest, struct span *name, struct span *value)
{
    while (rest->at != NULL) {
        *value = span_cut(rest, ';');
        *name = span_trim(span_cut(value, '='));
        if (value->at == NULL)
            continue;
        *value = span_trim(*value);
        return true;
    }
    return false;
}

static struct span find_pair(struct span pairs, const char *name)
{
    struct span found, value;
    while (cookie_next(&pairs, &found, &value))
        if (span_is(found, name))
            return value;
    return (struct span){NULL, 0};
}

struct span cookie_find(struct span head, const char *name)
{
    struct span rest = fields_begin(head);
    struct span found = {NULL, 0};
    struct span field, value;
    while (found.at == NULL && fields_next(&rest, &field, &value))
        if (span_like(field, "Cookie"))
            found = find_pair(value, name);
    return found;
}
