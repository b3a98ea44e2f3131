/* The origin of a request. Nothing fails: what cannot be read as an origin is foreign. */
#include "http/origin.h"

#include "http/fields.h"

#include <string.h>

/* The host and port of "https://a.example:8443"; empty for "null" and everything else. */
static struct span authority_of(struct span origin)
{
    struct span rest = origin;
    (void)span_cut(&rest, ':');
    return span_starts(rest, "//") ? span_after(rest, 2) : (struct span){"", 0};
}

/* The scheme is not compared, because a proxy may have ended TLS. */
static bool is_of_host(struct span origin, struct span host)
{
    struct span authority = authority_of(origin);
    return authority.length > 0 && authority.length == host.length && memcmp(authority.at, host.at, host.length) == 0;
}

/* A proxy may change Host, but no page can change Sec-Fetch-Site. */
bool origin_is_foreign(struct span head)
{
    struct span site = fields_find(head, "Sec-Fetch-Site");
    struct span origin = fields_find(head, "Origin");
    if (site.at != NULL)
        return !span_is(site, "same-origin") && !span_is(site, "none");
    return origin.at != NULL && !is_of_host(origin, fields_find(head, "Host"));
}
