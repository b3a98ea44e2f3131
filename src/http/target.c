/* Targets and hosts. A malformed one ends in a status and a reason; the parser never guesses. */
#include "http/target.h"

#include <string.h>

/* reg-name: unreserved, sub-delims and the "%" of escapes. An IPv4 address is a reg-name too. */
static bool is_name_byte(char byte)
{
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
        return true;
    return byte != '\0' && strchr("-._~!$&'()*+,;=%", byte) != NULL;
}

/* The length in bytes of the host at the front: a name, or an address in brackets. 0 if there is none. */
static size_t host_length(struct span host)
{
    size_t i = 0;
    if (host.length > 0 && host.at[0] == '[') {
        i = 1;
        while (i < host.length && (span_hex_digit(host.at[i]) >= 0 || host.at[i] == ':' || host.at[i] == '.'))
            i++;
        return i > 1 && i < host.length && host.at[i] == ']' ? i + 1 : 0;
    }
    while (i < host.length && is_name_byte(host.at[i]))
        i++;
    return i;
}

bool target_host_is_valid(struct span host)
{
    uint64_t port;
    struct span rest = span_after(host, host_length(host));
    if (rest.length == 0 || span_is(rest, ":"))
        return rest.length < host.length || host.length == 0;
    return rest.length < host.length && rest.at[0] == ':' && span_number(span_after(rest, 1), UINT16_MAX, &port);
}

/*
 * An absolute-form target (RFC 9112, 3.2.2) without its scheme and authority: "http://host/path?query" becomes
 * "/path?query". at == NULL if the authority is invalid or empty (RFC 9110, 4.2.1).
 */
static struct span without_authority(struct span target)
{
    size_t authority = span_starts_like(target, "https://") ? 8 : 7;
    size_t i = authority;
    while (i < target.length && target.at[i] != '/' && target.at[i] != '?')
        i++;
    bool valid = i > authority && target_host_is_valid((struct span){target.at + authority, i - authority});
    return valid ? span_after(target, i) : (struct span){NULL, 0};
}

int target_refuse_length(struct refusal *refusal)
{
    int status = refuse(refusal, 414, "the request target is too long; maximum bytes: ");
    text_number(&refusal->reason, LIMIT_TARGET);
    text_string(&refusal->reason, "; send the parameters as the form body of a POST");
    return status;
}

int target_parse(struct span target, bool is_options, struct span *path, struct span *query, struct refusal *refusal)
{
    struct span rest = target;
    if (target.length > LIMIT_TARGET)
        return target_refuse_length(refusal);
    if (span_starts_like(target, "http://") || span_starts_like(target, "https://"))
        rest = without_authority(target);
    else if (span_is(target, "*") && !is_options)
        return refuse(refusal, 400, "the target \"*\" is for OPTIONS only");
    else if (!span_is(target, "*") && !span_starts(target, "/"))
        rest.at = NULL;
    if (rest.at == NULL)
        return refuse(refusal, 400, "the request target must begin with \"/\", or with \"http://\" and a host");
    if (memchr(target.at, '#', target.length) != NULL)
        return refuse(refusal, 400, "the request target has a \"#\"; write it as %23");
    *path = span_cut(&rest, '?');
    *query = rest;
    if (path->length == 0)
        *path = span_of("/");
    return 0;
}
