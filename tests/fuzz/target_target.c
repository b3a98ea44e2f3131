/*
 * Request targets and hosts. The input is a letter for the method and a target, then a host on the next line. An
 * accepted target must be a path and a query and nothing else. An accepted host must be valid by RFC 3986, 3.2.2.
 */
#include "http/target.h"
#include "fuzz.h"
#include "http/request.h"

#include <string.h>

/* All bytes are letters, digits or in `accepted`. */
static bool only_of(struct span span, const char *accepted)
{
    for (size_t i = 0; i < span.length; i++) {
        char byte = span.at[i];
        bool plain = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        if (!plain && (byte == '\0' || strchr(accepted, byte) == NULL))
            return false;
    }
    return true;
}

/* At most five digits after leading zeros, up to 65535. */
static bool is_port(struct span port)
{
    uint64_t number = 0;
    while (port.length > 1 && port.at[0] == '0')
        port = span_after(port, 1);
    for (size_t i = 0; i < port.length; i++) {
        if (port.at[i] < '0' || port.at[i] > '9' || i > 4)
            return false;
        number = number * 10 + (uint64_t)(port.at[i] - '0');
    }
    return number <= 65535;
}

/* The second reader of hosts. */
static bool reference_host(struct span host)
{
    struct span rest = host;
    if (host.length == 0)
        return true;
    if (host.at[0] == '[') {
        struct span address = span_cut(&rest, ']');
        address = span_after(address, 1);
        for (size_t i = 0; i < address.length; i++)
            if (span_hex_digit(address.at[i]) < 0 && address.at[i] != ':' && address.at[i] != '.')
                return false;
        return rest.at != NULL && address.length > 0 &&
               (rest.length == 0 || (rest.at[0] == ':' && is_port(span_after(rest, 1))));
    }
    struct span name = span_cut(&rest, ':');
    return name.length > 0 && only_of(name, "-._~!$&'()*+,;=%") && (rest.at == NULL || is_port(rest));
}

static void check_host(struct span host)
{
    char room[512];
    struct text target = text_in(room, sizeof room);
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    bool valid = target_host_is_valid(host);
    must(valid == reference_host(host));
    text_string(&target, "http://");
    text_span(&target, host);
    text_string(&target, "/path?query");
    struct span path, query;
    if (!valid || target.truncated)
        return;
    if (host.length == 0) {
        must(target_parse(text_written(&target), false, &path, &query, &refusal) == 400);
        return;
    }
    must(target_parse(text_written(&target), false, &path, &query, &refusal) == 0);
    must(span_is(path, "/path") && span_is(query, "query"));
}

static void check_accepted(const struct request *request)
{
    struct span target = request->target, path = request->path, query = request->query;
    must(target.length <= LIMIT_TARGET && memchr(target.at, '#', target.length) == NULL);
    must(span_starts(path, "/") || (span_is(path, "*") && request->method == METHOD_OPTIONS));
    must(memchr(path.at, '?', path.length) == NULL);
    if (query.length > 0)
        must(query.at + query.length == target.at + target.length && query.at[-1] == '?');
    if (target.at[0] == '/')
        must(path.at == target.at && path.length + (query.at != NULL) + query.length == target.length);
    else
        must(span_is(target, "*") || span_starts_like(target, "http://") || span_starts_like(target, "https://"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    if (size < 2)
        return 0;
    struct span rest = {(const char *)data + 1, size - 1};
    struct span line = span_cut(&rest, '\n');
    struct span target = copy_of(line);
    struct request request = {.method = data[0] == 'O' ? METHOD_OPTIONS : METHOD_GET, .target = target};
    int status = target_parse(target, data[0] == 'O', &request.path, &request.query, &refusal);
    must(status == 0 || status == 400 || status == 414);
    check_refusal(status, &refusal);
    if (status == 0)
        check_accepted(&request);
    struct span host = copy_of(rest);
    check_host(host);
    drop_copy(host);
    drop_copy(target);
    return 0;
}
