/* Reading responses: RFC 9112, 4 to 7. What is no HTTP ends the process; only an output that ends early does not. */
#include "answers.h"

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS = 24 };

struct head {
    size_t count;
    struct span names[FIELDS], values[FIELDS];
};

/* The line at the front, without its CR LF, which it must have: the server writes no line in two parts. */
static struct span take_line(struct span *rest)
{
    struct span line = span_cut(rest, '\n');
    must(rest->at != NULL && line.length > 0 && line.at[line.length - 1] == '\r');
    line.length--;
    must(is_printable(line));
    return line;
}

static void take_status_line(struct span *rest, struct answer *answer)
{
    struct span line = take_line(rest);
    uint64_t status;
    must(line.length > 13 && (span_starts(line, "HTTP/1.1 ") || span_starts(line, "HTTP/1.0 ")));
    must(span_number((struct span){line.at + 9, 3}, 599, &status) && status >= 100 && line.at[12] == ' ');
    answer->minor = line.at[7] - '0';
    answer->status = (int)status;
}

/* The value of a field; its address is NULL if there is none. */
static struct span field_of(const struct head *head, const char *name)
{
    for (size_t i = 0; i < head->count; i++)
        if (span_like(head->names[i], name))
            return head->values[i];
    return (struct span){NULL, 0};
}

static void take_fields(struct span *rest, struct head *head)
{
    struct span line, name;
    char room[64];
    for (head->count = 0; (line = take_line(rest)).length > 0; head->count++) {
        must(head->count < FIELDS);
        name = span_cut(&line, ':');
        must(name.length > 0 && name.length < sizeof room && line.at != NULL && span_starts(line, " "));
        must(memchr(name.at, ' ', name.length) == NULL);
        memcpy(room, name.at, name.length);
        room[name.length] = '\0';
        must(field_of(head, room).at == NULL);
        head->names[head->count] = name;
        head->values[head->count] = span_after(line, 1);
    }
}

/* A chunked body, which may end early only where the output does. */
static void take_chunks(struct span *rest, struct answer *answer)
{
    static char room[1 << 20];
    struct text body = text_in(room, sizeof room);
    for (uint64_t size = 1; size > 0;) {
        if (rest->length == 0) {
            answer->unfinished = true;
            break;
        }
        struct span line = take_line(rest);
        char *end;
        must(line.length > 0 && line.length < 9 && hex_digit(line.at[0]) >= 0);
        size = strtoul(line.at, &end, 16);
        must(end == line.at + line.length && size + 2 <= rest->length);
        text_bytes(&body, rest->at, (size_t)size);
        *rest = span_after(*rest, (size_t)size);
        must(take_line(rest).length == 0);
    }
    must(!body.cut);
    answer->body = text_written(&body);
}

static bool is_at_end(struct span rest)
{
    bool is_head = rest.length > 12 && span_starts(rest, "HTTP/1.") && rest.at[8] == ' ' && rest.at[9] >= '1' &&
                   rest.at[9] <= '5' && rest.at[12] == ' ';
    return rest.length == 0 || is_head;
}

/*
 * A body of a length, or none of it, which only an answer to HEAD may do. The two are told apart by what follows: no
 * body begins as a status line does.
 */
static void take_length(struct span *rest, struct span value, struct answer *answer)
{
    uint64_t length;
    must(span_number(value, UINT32_MAX, &length));
    answer->bodiless = length > 0 && is_at_end(*rest);
    if (answer->bodiless)
        return;
    must(length <= rest->length);
    answer->body = (struct span){rest->at, (size_t)length};
    *rest = span_after(*rest, (size_t)length);
}

static void take_body(struct span *rest, const struct head *head, struct answer *answer)
{
    struct span length = field_of(head, "Content-Length");
    struct span coding = field_of(head, "Transfer-Encoding");
    must(length.at == NULL || coding.at == NULL);
    if (answer->status == 204 || answer->status < 200) {
        must(length.at == NULL && coding.at == NULL);
    } else if (length.at != NULL) {
        take_length(rest, length, answer);
    } else if (coding.at != NULL) {
        must(span_is(coding, "chunked") && answer->minor == 1);
        answer->bodiless = is_at_end(*rest);
        if (!answer->bodiless)
            take_chunks(rest, answer);
    } else {
        answer->body = *rest;
        answer->closes = true;
        answer->bodiless = rest->length == 0;
        *rest = (struct span){NULL, 0};
    }
}

static void check_fields(const struct head *head, const struct answer *answer)
{
    must(field_of(head, "Date").length == sizeof "Thu, 15 Feb 2024 22:15:36 GMT" - 1);
    must(span_is(field_of(head, "Access-Control-Allow-Origin"), "*"));
    must((answer->status == 405) <= (field_of(head, "Allow").length > 0));
    must((answer->status == 401) == (field_of(head, "WWW-Authenticate").length > 0));
    must(answer->status < 402 || span_is(field_of(head, "X-Content-Type-Options"), "nosniff"));
}

bool next_answer(struct span *rest, struct answer *answer)
{
    static struct head head;
    do {
        if (rest->length == 0)
            return false;
        memset(answer, 0, sizeof *answer);
        take_status_line(rest, answer);
        take_fields(rest, &head);
        must(answer->status >= 200 || head.count == 0);
    } while (answer->status < 200);
    struct span connection = field_of(&head, "Connection");
    must(connection.at == NULL || span_is(connection, "close") || span_is(connection, "keep-alive"));
    answer->closes = span_is(connection, "close") || (answer->minor == 0 && !span_is(connection, "keep-alive"));
    check_fields(&head, answer);
    take_body(rest, &head, answer);
    return true;
}
