/* The scanner of JSON bodies: the same result wherever the body is cut. */
#include "check.h"
#include "http/json_scan.h"

#include <string.h>

static struct json_scan scan;

/* Scans the bytes in parts of `step` bytes, the first one of `first` bytes. */
static const struct json_members *scanned(struct span bytes, size_t first, size_t step)
{
    json_scan_open(&scan);
    for (size_t part = first; bytes.length > 0; part = step) {
        struct span next = {bytes.at, part < bytes.length ? part : bytes.length};
        json_scan_bytes(&scan, exact(next.at, next.length));
        bytes = span_after(bytes, next.length);
    }
    return json_scan_end(&scan);
}

struct sample {
    const char *json;
    const char *id, *model; /* NULL: none */
    const char *stream;     /* "true", "false" or NULL */
};

static void check_members(const struct json_members *members, const struct sample *sample)
{
    check(members->is_json);
    check((members->id.at != NULL) == (sample->id != NULL));
    check((members->model.at != NULL) == (sample->model != NULL));
    check_bytes(members->id, span_of(sample->id != NULL ? sample->id : ""));
    check_bytes(members->model, span_of(sample->model != NULL ? sample->model : ""));
    check(members->has_stream == (sample->stream != NULL));
    check(members->stream == (sample->stream != NULL && sample->stream[0] == 't'));
}

static void check_sample(const struct sample *sample)
{
    struct span json = span_of(sample->json);
    check_members(scanned(json, json.length, 1), sample);
    check_members(scanned(json, 1, 1), sample);
    for (size_t first = 1; first < json.length; first++)
        check_members(scanned(json, first, json.length), sample);
}

static const struct sample samples[] = {
    {"{}", NULL, NULL, NULL},
    {" {\"id\" : 1 , \"model\" : \"m\" , \"stream\" : true } \r\n\t", "1", "m", "true"},
    {"{\"stream\":false,\"model\":\"a/b \\\"c\\\" \\u00e9\",\"id\":\"x\\ny\"}", "\"x\\ny\"", "a/b \\\"c\\\" \\u00e9",
     "false"},
    {"{\"id\":null}", "null", NULL, NULL},
    {"{\"id\":-12.50e+3}", "-12.50e+3", NULL, NULL},
    {"{\"id\":0,\"model\":\"\"}", "0", "", NULL},
    {"{\"id\":\"\"}", "\"\"", NULL, NULL},
    {"{\"stream\":true,\"stream\":{}}", NULL, NULL, NULL},
    /* Other types do not count, and the last one of several does. */
    {"{\"id\":true,\"model\":3,\"stream\":\"true\"}", NULL, NULL, NULL},
    {"{\"id\":{\"id\":5},\"model\":[\"m\"],\"stream\":null}", NULL, NULL, NULL},
    {"{\"id\":1,\"model\":\"a\",\"stream\":true,\"id\":2,\"model\":\"b\",\"stream\":false}", "2", "b", "false"},
    {"{\"id\":1,\"model\":\"a\",\"stream\":true,\"id\":[],\"model\":null,\"stream\":1}", NULL, NULL, NULL},
    /* Only the members of the outermost object count, under these very names. */
    {"{\"a\":{\"id\":1,\"model\":\"m\",\"stream\":true},\"b\":[{\"id\":2}]}", NULL, NULL, NULL},
    {"[{\"id\":1,\"model\":\"m\"}]", NULL, NULL, NULL},
    {"{\"ID\":1,\"i\":2,\"idx\":3,\"\":4,\"i\\u0064\":5,\"streams\":true,\"stream \":true}", NULL, NULL, NULL},
    {"{\"a\":[1,-0,0.5,1e9,[],{},[[]],true,false,null],\"id\":7}", "7", NULL, NULL},
    {"\"id\"", NULL, NULL, NULL},
    {"12", NULL, NULL, NULL},
    {"-0.0E-0", NULL, NULL, NULL},
    {" null ", NULL, NULL, NULL},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\uABcd\x7f\xff\"", NULL, NULL, NULL},
};

static const char *const no_json[] = {
    "",
    " ",
    "{",
    "}",
    "[",
    "]",
    "{\"id\":1",
    "{\"id\":1]",
    "[1}",
    "{id:1}",
    "{\"id\" 1}",
    "{\"id\":}",
    "{,}",
    "{\"id\":1,}",
    "[1,]",
    "[,1]",
    "[1 2]",
    "{} {}",
    "1 2",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "1.e1",
    "1e",
    "1e+",
    "0x1",
    "1a",
    "tru",
    "truE",
    "nulll",
    "True",
    "'a'",
    "\"a",
    "\"\\x\"",
    "\"\\u12g4\"",
    "\"\\u123\"",
    "\"a\nb\"",
    "\"\x1f\"",
    "{\"a\":1:2}",
    "[\"a\":1]",
    "{\"a\",1}",
    "\xef\xbb\xbf{}",
    "{}\x01",
    "//\n{}",
    "{\"id\":1}x",
    "a=1&b=2",
};

/* An id of that many bytes, its quotation marks included. */
static void check_long(size_t length)
{
    char json[2 * LIMIT_JSON_MEMBER], id[2 * LIMIT_JSON_MEMBER];
    memset(id, 'x', length);
    id[0] = id[length - 1] = '"';
    struct text text = text_in(json, sizeof json);
    text_string(&text, "{\"id\":");
    text_bytes(&text, id, length);
    text_string(&text, "}");
    const struct json_members *members = scanned(text_written(&text), 7, 5);
    check(members->is_json && (members->id.at != NULL) == (length <= LIMIT_JSON_MEMBER));
    if (members->id.at != NULL)
        check_same(members->id, (struct span){id, length}, __FILE__, __LINE__);
}

static bool is_json_of_depth(size_t depth)
{
    char room[2 * LIMIT_JSON_DEPTH + 16];
    struct text text = text_in(room, sizeof room);
    for (size_t i = 0; i < depth; i++)
        text_string(&text, "[");
    for (size_t i = 0; i < depth; i++)
        text_string(&text, "]");
    check(!text.truncated);
    return scanned(text_written(&text), 3, 100)->is_json;
}

void test_json_scan(void)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check_sample(&samples[i]);
    for (size_t i = 0; i < sizeof no_json / sizeof *no_json; i++) {
        struct span bytes = span_of(no_json[i]);
        const struct json_members *members = scanned(bytes, bytes.length, 1);
        check_same(span_of(members->is_json ? no_json[i] : ""), span_of(""), __FILE__, __LINE__);
        check(members->id.at == NULL && members->model.at == NULL && !members->has_stream);
        check(!scanned(bytes, 1, 1)->is_json);
    }
    check(!scanned((struct span){"{}\0", 3}, 3, 1)->is_json);
    for (size_t length = LIMIT_JSON_MEMBER - 2; length < LIMIT_JSON_MEMBER + 3; length++)
        check_long(length);
    check(is_json_of_depth(1) && is_json_of_depth(LIMIT_JSON_DEPTH) && !is_json_of_depth(LIMIT_JSON_DEPTH + 1));
}
