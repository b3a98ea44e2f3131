/* Targets and hosts. What is malformed ends in a status and a reason; nothing is guessed. */
#include "http/target.h"

#include <string.h>

/* reg-name, but for its escapes: unreserved and sub-delims. An IPv4 address is one as well. */
static bool is_name_byte(char byte)
{
    if ((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z'))
        return true;
    return byte != '\0' && strchr("-._~!$&'()*+,;=%", byte) != NULL;
}

/* The length of the host at the front: a name, or an address in brackets. 0 if there is none. */
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
 * "http://host/path?query" (absolute-form, RFC 9112, 3.2.2) without its scheme and authority. An empty authority is
 * none at all (RFC 9110, 4.2.1): then nothing is left, and no path.
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
    int status = refuse(refusal, 414, "the request target is too long; bytes accepted: ");
    text_number(&refusal->reason, LIMIT_TARGET);
    return status;
}

int target_parse(struct request *request, struct refusal *refusal)
{
    struct span rest = request->target;
    if (rest.length > LIMIT_TARGET)
        return target_refuse_length(refusal);
    bool absolute = span_starts_like(rest, "http://") || span_starts_like(rest, "https://");
    if (absolute)
        rest = without_authority(rest);
    else if (span_is(rest, "*") && request->method != METHOD_OPTIONS)
        return refuse(refusal, 400, "the target \"*\" goes with OPTIONS alone");
    else if (!span_is(rest, "*") && !span_starts(rest, "/"))
        rest.at = NULL;
    if (rest.at == NULL)
        return refuse(refusal, 400, "the request target begins with neither \"/\" nor \"http://\" and a host");
    if (memchr(request->target.at, '#', request->target.length) != NULL)
        return refuse(refusal, 400, "there is a \"#\" in the request target; write it as %23");
    request->path = span_cut(&rest, '?');
    request->query = rest;
    if (request->path.length == 0)
        request->path = span_of("/");
    return 0;
}
