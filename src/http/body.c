/*
 * Body framing: a state machine over bytes.
 *
 *   chunked:  CHUNK_LINE -> CONTENT -> CHUNK_END -> CHUNK_LINE ... -> CHUNK_LINE (size 0) -> TRAILERS -> DONE
 *   length:   CONTENT -> DONE
 *
 * Chunk lines must end in CR LF and match RFC 9112, 7.1 exactly, because lenient parsers allow request smuggling.
 * Anything else is refused, and so is a body that is too large.
 */
#include "http/body.h"

#include "base/crc32.h"
#include "base/limits.h"
#include "http/fields.h"

static int too_large(struct body *body, struct refusal *refusal)
{
    int status = refuse(refusal, 413, "the body is too large; the maximum here is ");
    text_number(&refusal->reason, body->most);
    text_string(&refusal->reason, " bytes");
    return status;
}

int body_start(struct body *body, const struct request *request, uint64_t most, struct refusal *refusal)
{
    *body = (struct body){.most = most, .chunked = request->chunked, .left = request->content_length};
    if (request->chunked)
        body->part = BODY_CHUNK_LINE;
    else
        body->part = request->content_length > 0 ? BODY_CONTENT : BODY_DONE;
    return body->left > most ? too_large(body, refusal) : 0;
}

/* The size is complete. Content follows, or the trailers after the last chunk. */
static int end_chunk_line(struct body *body, struct refusal *refusal)
{
    if (!body->digits)
        return refuse(refusal, 400, "a chunk of the body has no size");
    if (body->left > body->most - body->content)
        return too_large(body, refusal);
    body->part = body->left > 0 ? BODY_CONTENT : BODY_TRAILERS;
    body->empty_line = true;
    body->line_length = 0;
    body->digits = body->extension = false;
    return 0;
}

static int take_size_digit(struct body *body, int digit, struct refusal *refusal)
{
    if (body->left > (INT64_MAX >> 4))
        return refuse(refusal, 413, "a chunk of the body is too large");
    body->left = body->left * 16 + (uint64_t)digit;
    body->digits = true;
    return 0;
}

/* chunk-size [ chunk-ext ] CR LF. Extensions are ignored. */
static int take_chunk_line(struct body *body, char byte, struct refusal *refusal)
{
    if (++body->line_length > LIMIT_CHUNK_LINE)
        return refuse(refusal, 400, "a chunk-size line of the body is too long");
    if (body->carriage) {
        body->carriage = false;
        return byte == '\n' ? end_chunk_line(body, refusal)
                            : refuse(refusal, 400, "a chunk-size line of the body does not end in CR LF");
    }
    int digit = span_hex_digit(byte);
    if (byte == '\r')
        body->carriage = true;
    else if (!body->extension && digit >= 0)
        return take_size_digit(body, digit, refusal);
    else if (body->extension ? ((unsigned char)byte < ' ' && byte != '\t') || byte == 0x7f
                             : byte != ';' || !body->digits)
        return refuse(refusal, 400, "a chunk-size line of the body is malformed");
    else
        body->extension = true;
    return 0;
}

static int take_chunk_end(struct body *body, char byte, struct refusal *refusal)
{
    if (byte != (body->carriage ? '\n' : '\r'))
        return refuse(refusal, 400, "a chunk of the body is not as long as its size");
    body->carriage = !body->carriage;
    if (!body->carriage)
        body->part = BODY_CHUNK_LINE;
    return 0;
}

/* A byte of a trailer field: name, colon, value. `digits` means that the name has begun, `extension` that the value
 * has. */
static bool fits_trailer(struct body *body, char byte)
{
    bool named = body->digits;
    if (body->extension)
        return (unsigned char)byte >= ' ' ? byte != 0x7f : byte == '\t';
    body->digits = true;
    body->extension = byte == ':' && named;
    return body->extension || fields_is_tchar(byte);
}

/* An empty line ends the trailers. Their content is ignored. */
static int take_trailer(struct body *body, char byte, struct refusal *refusal)
{
    if (++body->line_length > LIMIT_TRAILERS)
        return refuse(refusal, 431, "the trailers of the body are too long");
    if (body->carriage != (byte == '\n'))
        return refuse(refusal, 400, "a trailer line of the body does not end in CR LF");
    body->carriage = byte == '\r';
    if (body->carriage)
        return 0;
    if (byte == '\n' ? !body->empty_line && !body->extension : !fits_trailer(body, byte))
        return refuse(refusal, 400, "a trailer of the body must be a name, a colon and a value");
    if (byte == '\n' && body->empty_line)
        body->part = BODY_DONE;
    body->empty_line = byte == '\n';
    if (body->empty_line)
        body->digits = body->extension = false;
    return 0;
}

static struct span take_content(struct body *body, struct span *bytes)
{
    size_t length = bytes->length < body->left ? bytes->length : (size_t)body->left;
    struct span content = {bytes->at, length};
    *bytes = span_after(*bytes, length);
    body->left -= length;
    body->content += length;
    body->crc = crc32_add(body->crc, content);
    if (body->left == 0)
        body->part = body->chunked ? BODY_CHUNK_END : BODY_DONE;
    return content;
}

int body_take(struct body *body, struct span *bytes, struct span *content, struct refusal *refusal)
{
    int status = 0;
    *content = (struct span){NULL, 0};
    while (status == 0 && bytes->length > 0 && body->part != BODY_DONE) {
        if (body->part == BODY_CONTENT) {
            *content = take_content(body, bytes);
            return 0;
        }
        char byte = bytes->at[0];
        *bytes = span_after(*bytes, 1);
        if (body->part == BODY_CHUNK_LINE)
            status = take_chunk_line(body, byte, refusal);
        else if (body->part == BODY_CHUNK_END)
            status = take_chunk_end(body, byte, refusal);
        else
            status = take_trailer(body, byte, refusal);
    }
    return status;
}
