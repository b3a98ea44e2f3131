/* Cookies. Nothing fails: a part that is no cookie is skipped. */
#include "http/cookie.h"

#include "http/fields.h"

static struct span find_pair(struct span pairs, const char *name)
{
    while (pairs.at != NULL) {
        struct span value = span_cut(&pairs, ';');
        struct span found = span_cut(&value, '=');
        if (value.at != NULL && span_is(span_trim(found), name))
            return span_trim(value);
    }
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
