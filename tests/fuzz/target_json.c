/*
 * JSON bodies. The result must not depend on where the body is cut. A second reader, which sees the whole body and
 * calls itself for what is nested, must have the same result.
 */
#include "fuzz.h"
#include "http/json_scan.h"

#include <string.h>

/* The second reader. */
struct second {
    struct span rest;
    int depth;
    struct json_members found;
};

static void skip_space(struct second *second)
{
    while (second->rest.length > 0 && memchr(" \t\r\n", second->rest.at[0], 4) != NULL)
        second->rest = span_after(second->rest, 1);
}

static bool skip(struct second *second, const char *string)
{
    bool found = span_starts(second->rest, string);
    if (found)
        second->rest = span_after(second->rest, strlen(string));
    return found;
}

static size_t count_digits(struct second *second)
{
    size_t count = 0;
    for (; second->rest.length > 0 && second->rest.at[0] >= '0' && second->rest.at[0] <= '9'; count++)
        second->rest = span_after(second->rest, 1);
    return count;
}

static bool read_number(struct second *second)
{
    (void)skip(second, "-");
    if (!skip(second, "0") && count_digits(second) == 0)
        return false;
    if (skip(second, ".") && count_digits(second) == 0)
        return false;
    if (!skip(second, "e") && !skip(second, "E"))
        return true;
    if (!skip(second, "+"))
        (void)skip(second, "-");
    return count_digits(second) > 0;
}

static bool read_string(struct second *second)
{
    if (!skip(second, "\""))
        return false;
    while (!skip(second, "\"")) {
        if (second->rest.length == 0 || (unsigned char)second->rest.at[0] < ' ')
            return false;
        size_t length = 1;
        if (second->rest.at[0] == '\\') {
            if (second->rest.length < 2 || second->rest.at[1] == '\0' ||
                strchr("\"\\/bfnrtu", second->rest.at[1]) == NULL)
                return false;
            length = second->rest.at[1] == 'u' ? 6 : 2;
            for (size_t i = 2; i < length; i++)
                if (i >= second->rest.length || span_hex_digit(second->rest.at[i]) < 0)
                    return false;
        }
        second->rest = span_after(second->rest, length);
    }
    return true;
}

static bool read_value(struct second *second);

static struct span from(struct span start, const struct second *second)
{
    return (struct span){start.at, start.length - second->rest.length};
}

static void take_found(struct second *second, struct span name, struct span value)
{
    bool fits = value.length <= LIMIT_JSON_MEMBER, is_string = span_starts(value, "\"");
    bool is_number = value.at[0] == '-' || (value.at[0] >= '0' && value.at[0] <= '9');
    struct json_members *found = &second->found;
    if (span_is(name, "\"id\""))
        found->id = fits && (is_string || is_number || span_is(value, "null")) ? value : (struct span){NULL, 0};
    if (span_is(name, "\"model\""))
        found->model = fits && is_string ? (struct span){value.at + 1, value.length - 2} : (struct span){NULL, 0};
    if (span_is(name, "\"stream\"")) {
        found->stream = span_is(value, "true");
        found->has_stream = found->stream || span_is(value, "false");
    }
}

static bool read_member(struct second *second)
{
    skip_space(second);
    struct span start = second->rest;
    if (!read_string(second))
        return false;
    struct span name = from(start, second);
    skip_space(second);
    if (!skip(second, ":"))
        return false;
    skip_space(second);
    start = second->rest;
    if (!read_value(second))
        return false;
    if (second->depth == 1)
        take_found(second, name, from(start, second));
    return true;
}

static bool read_container(struct second *second, bool (*read_one)(struct second *), const char *end)
{
    if (second->depth == LIMIT_JSON_DEPTH)
        return false;
    second->depth++;
    skip_space(second);
    if (!skip(second, end)) {
        do {
            if (!read_one(second))
                return false;
            skip_space(second);
        } while (skip(second, ","));
        if (!skip(second, end))
            return false;
    }
    second->depth--;
    return true;
}

static bool read_element(struct second *second)
{
    skip_space(second);
    return read_value(second);
}

/* Members in an array are not those of the outermost object: the depth is then at least 2. */
static bool read_value(struct second *second)
{
    if (skip(second, "true") || skip(second, "false") || skip(second, "null"))
        return true;
    if (skip(second, "{"))
        return read_container(second, read_member, "}");
    if (skip(second, "["))
        return read_container(second, read_element, "]");
    return span_starts(second->rest, "\"") ? read_string(second) : read_number(second);
}

static struct json_members read_whole(struct span bytes)
{
    struct second second = {.rest = bytes};
    skip_space(&second);
    bool is_json = read_value(&second);
    skip_space(&second);
    if (!is_json || second.rest.length > 0)
        return (struct json_members){.is_json = false};
    second.found.is_json = true;
    return second.found;
}

static void check_same_members(const struct json_members *one, const struct json_members *other)
{
    must(one->is_json == other->is_json);
    must((one->id.at == NULL) == (other->id.at == NULL) && same_bytes(one->id, other->id));
    must((one->model.at == NULL) == (other->model.at == NULL) && same_bytes(one->model, other->model));
    must(one->has_stream == other->has_stream && one->stream == other->stream);
}

static void check_cut(struct span bytes, uint32_t seed, const struct json_members *wanted)
{
    static struct json_scan scan;
    json_scan_open(&scan);
    while (bytes.length > 0) {
        size_t size = next_piece(&seed);
        struct span piece = {bytes.at, size > 0 && size < bytes.length ? size : bytes.length};
        struct span copy = copy_of(piece);
        json_scan_bytes(&scan, copy);
        drop_copy(copy);
        bytes = span_after(bytes, piece.length);
    }
    check_same_members(json_scan_end(&scan), wanted);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span bytes = {(const char *)data, size};
    struct json_members wanted = read_whole(bytes);
    for (uint32_t seed = 0; seed < 4; seed++)
        check_cut(bytes, seed, &wanted);
    return 0;
}
