/*
 * Request heads. The input is what a client sends first. The end of the head must not depend on how it arrives. The
 * result must not depend on its address in memory. An accepted head must have only one reading.
 */
#include "fuzz.h"
#include "http/request.h"

struct outcome {
    int status;
    struct request request;
    char reason[LIMIT_REASON];
    struct refusal refusal;
};

/* The spans hold the same bytes at the same place of their head. A path may be the constant "/" instead. */
static void check_same_span(struct span one, struct span head, struct span other, struct span moved)
{
    must(same_bytes(one, other));
    if (one.at != NULL && one.at >= head.at && one.at < head.at + head.length)
        must(one.at - head.at == other.at - moved.at);
}

static void check_same_request(const struct request *one, struct span head, const struct request *other,
                               struct span moved)
{
    check_same_span(one->head, head, other->head, moved);
    check_same_span(one->method_name, head, other->method_name, moved);
    check_same_span(one->target, head, other->target, moved);
    check_same_span(one->path, head, other->path, moved);
    check_same_span(one->query, head, other->query, moved);
    check_same_span(one->content_type, head, other->content_type, moved);
    check_same_span(one->authorization, head, other->authorization, moved);
    check_same_span(one->last_event_id, head, other->last_event_id, moved);
    must(one->method == other->method && one->minor == other->minor && one->has_host == other->has_host);
    must(one->asks_close == other->asks_close && one->asks_keep_alive == other->asks_keep_alive);
    must(one->expects_continue == other->expects_continue && one->chunked == other->chunked);
    must(one->has_length == other->has_length && one->content_length == other->content_length);
}

static void parse(struct span head, struct outcome *outcome)
{
    outcome->refusal = (struct refusal){.room = outcome->reason};
    outcome->status = request_parse(head, &outcome->request, &outcome->refusal);
    check_refusal(outcome->status, &outcome->refusal);
}

/* How many header lines have this name, with or without white space around it. */
static int count_fields(struct span head, const char *name)
{
    int count = 0;
    (void)span_cut(&head, '\n');
    while (head.at != NULL) {
        struct span line = span_cut(&head, '\n');
        count += span_like(span_trim(span_cut(&line, ':')), name) && line.at != NULL;
    }
    return count;
}

static void check_bytes_of(struct span head)
{
    for (size_t i = 0; i < head.length; i++) {
        unsigned char byte = (unsigned char)head.at[i];
        must((byte >= ' ' && byte != 0x7f) || byte == '\t' || byte == '\n' ||
             (byte == '\r' && i + 1 < head.length && head.at[i + 1] == '\n'));
    }
}

static void check_accepted(struct span head, const struct request *request)
{
    check_bytes_of(head);
    must(count_fields(head, "content-length") == request->has_length);
    must(count_fields(head, "transfer-encoding") == request->chunked);
    must(!(request->has_length && request->chunked) && (request->minor == 1 || !request->chunked));
    must(count_fields(head, "host") == request->has_host && (request->has_host || request->minor == 0));
    must(count_fields(head, "authorization") == (request->authorization.at != NULL));
    must(request->method_name.length > 0 && request->target.length > 0);
    must(span_starts(request->path, "/") || (span_is(request->path, "*") && request->method == METHOD_OPTIONS));
    must(request->content_length <= INT64_MAX);
}

/* The head must end at the same place if its first `first` bytes arrive before the rest. */
static void check_end_found(struct span input, size_t length, size_t first)
{
    if (first <= input.length && request_head_length(input.at, first, 0) == 0)
        must(request_head_length(input.at, input.length, first) == length);
}

/* The head at the front of the input, or the whole input if the head is incomplete. */
static struct span find_head(struct span input, bool *whole)
{
    size_t skipped = request_skip_empty(input.at, input.length);
    must(skipped <= input.length);
    input = span_after(input, skipped);
    must(request_skip_empty(input.at, input.length) == 0);
    size_t length = request_head_length(input.at, input.length, 0);
    must(length <= input.length);
    for (size_t less = 1; less <= 4 && less <= length; less++)
        check_end_found(input, length, length - less);
    check_end_found(input, length, input.length / 2);
    *whole = length > 0;
    return *whole ? (struct span){input.at, length} : input;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct outcome here, there;
    bool whole;
    struct span head = find_head((struct span){(const char *)data, size}, &whole);
    struct span moved = copy_of(head);
    parse(head, &here);
    parse(moved, &there);
    must(here.status == there.status);
    must(same_bytes(text_written(&here.refusal.reason), text_written(&there.refusal.reason)));
    check_same_request(&here.request, head, &there.request, moved);
    if (here.status == 0 && whole)
        check_accepted(head, &here.request);
    drop_copy(moved);
    return 0;
}
