/*
 * Values and fields. The input is a line with the value of a parameter, then a head. An accepted value must have the
 * right form and be in the given range. Fields and cookies must lie within the head and agree with the parsed request.
 */
#include "base/number.h"
#include "fuzz.h"
#include "http/cookie.h"
#include "http/fields.h"
#include "http/request.h"

static const int64_t limits[] = {0, 1, 999, 1000000, 3600000000000, INT64_MAX - 1};

/* At least one digit, and at most one point. */
static bool is_decimal(struct span span)
{
    size_t digits = 0, points = 0;
    for (size_t i = 0; i < span.length; i++) {
        digits += span.at[i] >= '0' && span.at[i] <= '9';
        points += span.at[i] == '.';
    }
    return digits > 0 && points <= 1 && digits + points == span.length;
}

static bool ends(struct span span, const char *suffix)
{
    size_t length = span_of(suffix).length;
    return span.length >= length && span_is(span_after(span, span.length - length), suffix);
}

static void check_duration(struct span value)
{
    int64_t ns = -7;
    bool good = number_duration(value, INT64_MAX, &ns);
    must(good ? ns >= 0 : ns == -7);
    size_t unit = ends(value, "ms") ? 2 : ends(value, "s") || ends(value, "m");
    struct span number = {value.at, value.length - unit};
    must(is_decimal(number) ? good || number.length > 8 : !good);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        int64_t bounded = -7;
        must(number_duration(value, limits[i], &bounded) == (good && ns <= limits[i]));
        must(bounded == (good && ns <= limits[i] ? ns : -7));
    }
}

static void check_size(struct span value)
{
    uint64_t bytes = 7, number;
    bool good = number_bytes(value, UINT64_MAX, &bytes);
    must(good || bytes == 7);
    must(!span_number(value, UINT64_MAX, &number) || (good && bytes == number));
    must(!good || !ends(value, "k") || bytes % 1024 == 0);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        uint64_t most = (uint64_t)limits[i], bounded = 7;
        must(number_bytes(value, most, &bounded) == (good && bytes <= most));
        must(bounded == (good && bytes <= most ? bytes : 7));
    }
}

static void check_share(struct span value)
{
    uint32_t permille = 2000;
    int64_t ns;
    if (number_permille(value, &permille))
        must(permille <= 1000 && is_decimal(value) && number_duration(value, INT64_MAX, &ns) &&
             ns / 1000000 == permille);
    else
        must(permille == 2000);
}

/* An accepted range, written as "first-last", must give the same range. */
static void check_range(struct span value)
{
    uint64_t first = 0, last = 0, again, again_last;
    if (!number_range(value, &first, &last)) {
        must(first == 0 && last == 0);
        return;
    }
    must(first >= 1 && first <= last);
    char room[64];
    struct text text = text_in(room, sizeof room);
    text_number(&text, first);
    text_string(&text, "-");
    text_number(&text, last);
    must(number_range(text_written(&text), &again, &again_last) && again == first && again_last == last);
}

static void must_be_within(struct span part, struct span whole)
{
    must(part.at >= whole.at && part.length <= whole.length);
    must((size_t)(part.at - whole.at) <= whole.length - part.length);
}

/* Returns the number of fields. There must be none after the end. */
static size_t check_fields(struct span head)
{
    size_t count = 0;
    struct span name, value;
    struct span rest = fields_begin(head);
    while (fields_next(&rest, &name, &value)) {
        must(++count <= head.length);
        must_be_within(name, head);
        must_be_within(value, head);
        must(span_trim(value).length == value.length);
    }
    must(rest.at == NULL && !fields_next(&rest, &name, &value));
    return count;
}

static void check_request(struct span head, size_t count)
{
    struct request request;
    char reason[LIMIT_REASON];
    struct refusal refusal = {.room = reason};
    if (request_parse(head, &request, &refusal) != 0)
        return;
    must(request.head.at == head.at && request.head.length == head.length);
    must(request.has_host == (fields_find(head, "HOST").at != NULL) && count >= request.has_host);
    must(same_bytes(fields_find(head, "authorization"), request.authorization));
    must(same_bytes(fields_find(head, "content-type"), request.content_type));
    must(same_bytes(fields_find(head, "last-event-id"), request.last_event_id));
}

static void check_cookie(struct span head)
{
    struct span value = cookie_find(head, "a");
    if (value.at == NULL)
        return;
    must_be_within(value, head);
    must(fields_find(head, "cookie").at != NULL && span_trim(value).length == value.length);
    for (size_t i = 0; i < value.length; i++)
        must(value.at[i] != ';' && value.at[i] != '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span rest = {(const char *)data, size};
    struct span value = copy_of(span_cut(&rest, '\n'));
    struct span head = copy_of(rest);
    check_duration(value);
    check_size(value);
    check_share(value);
    check_range(value);
    check_request(head, check_fields(head));
    check_cookie(head);
    drop_copy(head);
    drop_copy(value);
    return 0;
}
