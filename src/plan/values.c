/* The rules for text values, one function per kind. */
#include "plan/values.h"

#include "base/limits.h"
#include "cases/cases.h"
#include "http/fields.h"
#include "http/request.h"
#include "http/secret.h"
#include "plan/kind.h"
#include "plan/set_cookie.h"
#include "scoreboard/attempt.h"

#include <string.h>

static bool is_control(unsigned char byte)
{
    return (byte < ' ' && byte != '\t') || byte == 0x7f;
}

static bool is_line(struct span text)
{
    return memchr(text.at, '\r', text.length) == NULL && memchr(text.at, '\n', text.length) == NULL;
}

static bool is_field(struct span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (is_control((unsigned char)text.at[i]))
            return false;
    return true;
}

static bool is_field_name(struct span name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!fields_is_tchar(name.at[i]))
            return false;
    return name.length > 0;
}

/*
 * The fields that a caller may not add, and what to do instead or why not. Fields that matter only to the response
 * itself are allowed, because only those who open the link get it. "*" stands for any end.
 */
static const struct {
    const char *why, *names;
} reserved[] = {
    /* frame the message, or belong to the connection */
    {"use framing=length", "Content-Length"},
    {"use framing", "Transfer-Encoding"},
    {"use encoding=gzip", "Content-Encoding"},
    {"only the server sets it", "Connection|Keep-Alive|Trailer|Upgrade|TE|Date"},
    /* redirect a browser; the parameter `location` is checked */
    {"use location", "Location"},
    {"it would lead a browser elsewhere", "Refresh|Onion-Location"},
    {"only the server sets it, to confine the response", "X-Content-Type-Options|Content-Security-Policy"},
    {"a cache would execute the body", "Surrogate-Control|Edge-Control"}, /* ESI */
    /* for the host or the origin */
    {"a browser would keep it after the response",
     "Strict-Transport-Security|Expect-CT|Alt-Svc|NEL|Report-To|Reporting-Endpoints|Clear-Site-Data|Critical-CH|"
     "Use-As-Dictionary|Service-Worker-Allowed|Set-Cookie2|Set-Login|Origin-Agent-Cluster|Shared-Storage-Write|"
     "Observe-Browsing-Topics|Public-Key-Pins*|Accept-CH*|Sec-Session-*|Secure-Session-*|Attribution-Reporting-*"},
    /* makes a proxy serve another file or URL: nginx, Apache, lighttpd, Perlbal */
    {"it commands a proxy", "X-Accel-*|X-Sendfile*|X-LIGHTTPD-*|X-Reproxy-*"},
};

static bool is_name_like(struct span name, struct span pattern)
{
    size_t fixed = pattern.length - 1;
    if (pattern.at[fixed] != '*')
        return fields_is_same_name(name, pattern);
    pattern.length = fixed;
    return name.length >= fixed && fields_is_same_name((struct span){name.at, fixed}, pattern);
}

const char *values_why_reserved(struct span name)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        for (struct span rest = span_of(reserved[i].names); rest.at != NULL;)
            if (is_name_like(name, span_cut(&rest, '|')))
                return reserved[i].why;
    return NULL;
}

static bool is_header(struct span text)
{
    struct span value = text;
    struct span name = span_cut(&value, ':');
    if (value.at == NULL || !is_field_name(name) || !is_field(value) || values_why_reserved(name) != NULL)
        return false;
    return !span_like(name, "Set-Cookie") || set_cookie_is_brief(value);
}

/* A scheme, "://" and a host (Fetch standard, 3.2), or a word for an origin. */
static bool is_origin(struct span text)
{
    struct span rest = text;
    struct span scheme = span_cut(&rest, ':');
    if (span_is(text, "*") || span_is(text, "echo") || span_is(text, "none") || span_is(text, "null"))
        return true;
    return is_field_name(scheme) && span_starts(rest, "//") && rest.length > 2 && is_field(rest) &&
           memchr(rest.at, ' ', rest.length) == NULL;
}

static bool is_require(struct span text)
{
    struct span rest = text;
    struct span scheme = span_cut(&rest, ':');
    if (rest.length == 0 || !is_field(rest))
        return false;
    if (span_is(scheme, "bearer"))
        return true;
    if (span_is(scheme, "basic"))
        return memchr(rest.at, ':', rest.length) != NULL;
    if (span_is(scheme, "cookie"))
        return memchr(rest.at, '=', rest.length) != NULL;
    return span_is(scheme, "header") && is_field_name(span_cut(&rest, '='));
}

static bool is_fields(struct span text)
{
    struct span rest = text;
    size_t count = 0;
    if (text.length > LIMIT_LOG_NAMES)
        return false;
    for (; rest.at != NULL; count++) {
        struct span name = span_cut(&rest, ',');
        if (!is_field_name(name) || secret_of(name) != SECRET_NONE)
            return false;
    }
    return count <= LIMIT_LOG_FIELDS;
}

bool values_fit(unsigned kind, struct span text)
{
    switch (kind) {
    case KIND_LINE:
        return is_line(text);
    case KIND_FIELD:
        return is_field(text);
    case KIND_ORIGIN:
        return is_origin(text);
    case KIND_HEADER:
        return is_header(text);
    case KIND_REQUIRE:
        return is_require(text);
    case KIND_FIELDS:
        return is_fields(text);
    case KIND_FIELD_NAME:
        return is_field_name(text);
    case KIND_NAME:
        return attempt_is_key(text);
    case KIND_CASE:
        return cases_find(text, &(struct named_case){.name = text});
    default:
        return false;
    }
}
