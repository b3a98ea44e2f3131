/*
 * Bodies. The input is three bytes that give the framing and the cuts, then the body. The content, the end and the
 * refusal must not depend on the cuts. If the program accepts a chunked body, a second reader must accept it too. That
 * reader is written from the grammar in RFC 9112, 7.1, not from the code.
 */
#include "fuzz.h"
#include "http/body.h"

#include <string.h>

enum { CONTENT_ROOM = 1 << 20 };

struct outcome {
    int status;
    struct body body;
    char reason[LIMIT_REASON];
    struct refusal refusal;
    size_t taken;
    struct text content;
    char room[CONTENT_ROOM];
};

/* Takes a whole piece, as reader_body() does. Returns false at the end of the body or at an error. */
static bool take_piece(struct outcome *outcome, struct span piece)
{
    while (outcome->body.part != BODY_DONE && piece.length > 0) {
        struct span content;
        size_t before = piece.length;
        outcome->status = body_take(&outcome->body, &piece, &content, &outcome->refusal);
        must(piece.length < before);
        outcome->taken += before - piece.length;
        if (outcome->status != 0)
            return false;
        text_span(&outcome->content, content);
    }
    return outcome->body.part != BODY_DONE;
}

static void take_body(struct span bytes, const struct request *request, uint64_t most, uint32_t seed,
                      struct outcome *outcome)
{
    outcome->taken = 0;
    outcome->content = text_in(outcome->room, sizeof outcome->room);
    outcome->refusal = (struct refusal){.room = outcome->reason};
    outcome->status = body_start(&outcome->body, request, most, &outcome->refusal);
    bool more = outcome->status == 0;
    while (more && bytes.length > 0) {
        size_t length = next_piece(&seed);
        if (length > bytes.length)
            length = bytes.length;
        more = take_piece(outcome, (struct span){bytes.at, length});
        bytes = span_after(bytes, length);
    }
    check_refusal(outcome->status, &outcome->refusal);
    must(!outcome->content.truncated && outcome->content.length <= most);
    must(outcome->content.length == outcome->body.content);
}

static void check_same(const struct outcome *one, const struct outcome *other)
{
    must(one->status == other->status && one->taken == other->taken);
    must(one->body.part == other->body.part && one->body.left == other->body.left);
    must(same_bytes(text_written(&one->refusal.reason), text_written(&other->refusal.reason)));
    must(same_bytes(text_written(&one->content), text_written(&other->content)));
}

/* Takes the first line, without its CR LF. */
static struct span reference_line(struct span *rest)
{
    size_t i = 0;
    while (i + 1 < rest->length && !(rest->at[i] == '\r' && rest->at[i + 1] == '\n'))
        i++;
    must(i + 1 < rest->length);
    struct span line = {rest->at, i};
    must(memchr(line.at, '\n', i) == NULL);
    *rest = span_after(*rest, i + 2);
    return line;
}

static uint64_t reference_size(struct span line)
{
    uint64_t size = 0;
    size_t i = 0;
    for (; i < line.length && span_hex_digit(line.at[i]) >= 0; i++)
        size = size * 16 + (uint64_t)span_hex_digit(line.at[i]);
    must(i > 0 && (i == line.length || line.at[i] == ';'));
    return size;
}

/* Reads an accepted chunked body a second time. */
static void check_whole_chunked(struct span rest, const struct outcome *outcome)
{
    size_t all = rest.length;
    struct span content = text_written(&outcome->content);
    for (uint64_t size; (size = reference_size(reference_line(&rest))) > 0;) {
        must(size <= content.length && size + 2 <= rest.length);
        must(memcmp(rest.at, content.at, (size_t)size) == 0);
        content = span_after(content, (size_t)size);
        rest = span_after(rest, (size_t)size);
        must(reference_line(&rest).length == 0);
    }
    must(content.length == 0);
    while (reference_line(&rest).length > 0)
        ;
    must(all - rest.length == outcome->taken);
}

static void check_whole(struct span bytes, const struct request *request, const struct outcome *outcome)
{
    if (outcome->status != 0 || outcome->body.part != BODY_DONE)
        return;
    if (request->chunked)
        check_whole_chunked(bytes, outcome);
    else
        must(same_bytes((struct span){bytes.at, (size_t)request->content_length}, text_written(&outcome->content)));
}

/* Encodes the bytes as a valid chunked body. The seed decides the sizes and whether there is a trailer. */
static struct span encode(struct span content, uint32_t seed, char *room, size_t size)
{
    struct text text = text_in(room, size);
    while (content.length > 0) {
        size_t piece = next_piece(&seed);
        size_t length = piece < content.length ? piece : content.length;
        text_hex(&text, length);
        text_string(&text, length % 3 == 0 ? ";name=\"value\"\r\n" : "\r\n");
        text_bytes(&text, content.at, length);
        text_string(&text, "\r\n");
        content = span_after(content, length);
    }
    text_string(&text, (seed & 1) != 0 ? "0\r\nName: value\r\n\r\n" : "00;last\r\n\r\n");
    must(!text.truncated);
    return text_written(&text);
}

/* The content of an encoded body must be the original bytes. */
static void check_round_trip(struct span content, uint32_t seed, struct outcome *outcome)
{
    static char room[1 << 14];
    const struct request request = {.chunked = true};
    if (content.length > 512)
        content.length = 512;
    struct span encoded = encode(content, seed, room, sizeof room);
    take_body(encoded, &request, LIMIT_FORM, seed + 1, outcome);
    must(outcome->status == 0 && outcome->body.part == BODY_DONE && outcome->taken == encoded.length);
    must(same_bytes(text_written(&outcome->content), content));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint64_t mosts[] = {LIMIT_FORM, 16, 300, 0};
    static struct outcome whole, bytewise, pieces;
    if (size < 3)
        return 0;
    struct request request = {.chunked = (data[0] & 1) != 0};
    if (!request.chunked)
        request.content_length = (uint64_t)data[1] << (data[0] >> 4);
    uint64_t most = mosts[data[0] >> 1 & 3];
    struct span bytes = {(const char *)data + 3, size - 3};
    take_body(bytes, &request, most, 0, &whole);
    take_body(bytes, &request, most, 1, &bytewise);
    take_body(bytes, &request, most, data[2] + 2U, &pieces);
    check_same(&whole, &bytewise);
    check_same(&whole, &pieces);
    check_whole(bytes, &request, &whole);
    check_round_trip(bytes, data[2] + 2U, &pieces);
    return 0;
}
