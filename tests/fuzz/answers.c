/* Reads responses (RFC 9112, 4 to 7). Output that ends early is not an error. */
#include "answers.h"

#include "base/limits.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS = LIMIT_PARAMETERS + 24 };

struct head {
    size_t count;
    struct span names[FIELDS], values[FIELDS];
};

/* Takes the first line, without its CR LF. Returns false if the output ends inside it. */
static bool take_line(struct span *rest, bool is_callers, struct span *line)
{
    *line = span_cut(rest, '\n');
    if (rest->at == NULL) {
        *rest = (struct span){NULL, 0};
        return false;
    }
    must(line->length > 0 && line->at[line->length - 1] == '\r');
    line->length--;
    must(is_callers ? is_field_text(*line) : is_printable(*line));
    return true;
}

static bool take_status_line(struct span *rest, const struct asked *asked, struct answer *answer)
{
    struct span line;
    uint64_t status;
    if (!take_line(rest, asked->owns_head, &line))
        return false;
    must(line.length > 12 && (span_starts(line, "HTTP/1.1 ") || span_starts(line, "HTTP/1.0 ")));
    must(span_number((struct span){line.at + 9, 3}, 599, &status) && status >= 100 && line.at[12] == ' ');
    must(asked->owns_head || line.length > 13);
    answer->minor = line.at[7] - '0';
    answer->status = (int)status;
    return true;
}

/* The value of a field; at == NULL: there is none. */
static struct span field_of(const struct head *head, const char *name)
{
    for (size_t i = 0; i < head->count; i++)
        if (span_like(head->names[i], name))
            return head->values[i];
    return (struct span){NULL, 0};
}

static bool is_framing(struct span name)
{
    return span_like(name, "content-length") || span_like(name, "transfer-encoding") || span_like(name, "connection");
}

/* No field may be repeated, except those that the request sets. */
static void take_field(struct head *head, struct span line, bool owns_head)
{
    char room[LIMIT_VALUE + 1];
    struct span name = span_cut(&line, ':');
    must(head->count < FIELDS);
    must(name.length > 0 && name.length < sizeof room && line.at != NULL && (owns_head || span_starts(line, " ")));
    must(memchr(name.at, ' ', name.length) == NULL);
    memcpy(room, name.at, name.length);
    room[name.length] = '\0';
    must((owns_head && !is_framing(name)) || field_of(head, room).at == NULL);
    head->names[head->count] = name;
    head->values[head->count++] = span_trim(line);
}

static bool take_fields(struct span *rest, const struct asked *asked, struct head *head)
{
    struct span line;
    head->count = 0;
    while (take_line(rest, asked->owns_head, &line)) {
        if (line.length == 0)
            return true;
        take_field(head, line, asked->owns_head);
    }
    return false;
}

/* Sets *content to the bytes of a chunk. Returns false after the last chunk, or if the output ends before its bytes. */
static bool take_chunk(struct span *rest, struct answer *answer, struct span *content)
{
    struct span line;
    char *end;
    answer->unfinished = true;
    if (!take_line(rest, false, &line))
        return false;
    must(line.length > 0 && line.length < 9 && span_hex_digit(line.at[0]) >= 0);
    size_t size = strtoul(line.at, &end, 16);
    must(end == line.at + line.length);
    *content = (struct span){rest->at, size < rest->length ? size : rest->length};
    *rest = span_after(*rest, content->length);
    if (!take_line(rest, false, &line))
        return content->length > 0;
    must(line.length == 0);
    answer->unfinished = false;
    return size > 0;
}

static void take_chunks(struct span *rest, struct answer *answer)
{
    static char room[1 << 21];
    struct text body = text_in(room, sizeof room);
    struct span content;
    while (take_chunk(rest, answer, &content))
        text_span(&body, content);
    must(!body.truncated);
    answer->body = text_written(&body);
}

static bool is_at_end(struct span rest)
{
    bool is_head = rest.length > 12 && span_starts(rest, "HTTP/1.") && rest.at[8] == ' ' && rest.at[9] >= '1' &&
                   rest.at[9] <= '5' && rest.at[12] == ' ';
    return rest.length == 0 || is_head;
}

static bool has_no_body(struct span rest, const struct asked *asked)
{
    return asked->is_unread ? is_at_end(rest) : asked->is_head;
}

static void take_length(struct span *rest, struct span value, const struct asked *asked, struct answer *answer)
{
    uint64_t length;
    must(span_number(value, UINT64_MAX, &length));
    answer->bodiless = length > 0 && has_no_body(*rest, asked);
    if (answer->bodiless)
        return;
    answer->unfinished = length > rest->length;
    answer->body = (struct span){rest->at, answer->unfinished ? rest->length : (size_t)length};
    *rest = span_after(*rest, answer->body.length);
}

/* The length of the body, by RFC 9112, 6.3. */
static void take_body(struct span *rest, const struct head *head, const struct asked *asked, struct answer *answer)
{
    struct span length = field_of(head, "Content-Length");
    struct span coding = field_of(head, "Transfer-Encoding");
    must(length.at == NULL || coding.at == NULL);
    must(coding.at == NULL || (span_is(coding, "chunked") && answer->minor == 1));
    if (answer->status == 204 || answer->status == 304 || answer->status < 200) {
        must(length.at == NULL && coding.at == NULL);
    } else if (asked->breaks_off || (length.at == NULL && coding.at == NULL)) {
        answer->body = *rest;
        answer->closes = true;
        answer->bodiless = rest->length == 0;
        must(answer->bodiless || !asked->is_head);
        *rest = (struct span){NULL, 0};
    } else if (length.at != NULL) {
        take_length(rest, length, asked, answer);
    } else {
        answer->bodiless = has_no_body(*rest, asked);
        if (!answer->bodiless)
            take_chunks(rest, answer);
    }
}

static void check_fields(const struct head *head, const struct answer *answer)
{
    must(field_of(head, "Date").length == sizeof "Thu, 15 Feb 2024 22:15:36 GMT" - 1);
    must(span_is(field_of(head, "Access-Control-Allow-Origin"), "*"));
    must((answer->status == 405) <= (field_of(head, "Allow").length > 0));
    bool challenges = field_of(head, "WWW-Authenticate").length > 0;
    must(answer->status == 401 || !challenges);
    must(answer->status != 401 || challenges || answer->type.length > 0); /* a missing cookie: a reason, no challenge */
    must(answer->status < 402 || span_is(field_of(head, "X-Content-Type-Options"), "nosniff"));
}

static bool take_head(struct span *rest, const struct asked *asked, struct head *head, struct answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->unfinished = !take_status_line(rest, asked, answer) || !take_fields(rest, asked, head);
    must(answer->status >= 200 || head->count == 0 || answer->unfinished);
    return !answer->unfinished;
}

bool next_answer(struct span *rest, const struct asked *asked, struct answer *answer)
{
    static struct head head;
    do {
        if (rest->length == 0)
            return false;
        if (!take_head(rest, asked, &head, answer))
            return true;
    } while (answer->status < 200);
    struct span connection = field_of(&head, "Connection");
    must(connection.at == NULL || span_is(connection, "close") || span_is(connection, "keep-alive"));
    answer->closes = span_is(connection, "close") || (answer->minor == 0 && !span_is(connection, "keep-alive"));
    answer->type = field_of(&head, "Content-Type");
    if (!asked->owns_head)
        check_fields(&head, answer);
    take_body(rest, &head, asked, answer);
    return true;
}
