/* GET /cases: the named cases, as JSON for a client that says it accepts that, else as a table for people. */
#include "cases/cases.h"
#include "http/fields.h"
#include "http/form.h"
#include "serve/answers.h"
#include "serve/reply.h"

/* One of the media ranges in its Accept fields is JSON itself (RFC 9110, 12.5.1); weights are not weighed. */
static bool accepts_json(const struct request *request)
{
    struct span rest = fields_begin(request->head);
    struct span name, ranges;
    while (field_next(&rest, &name, &ranges)) {
        if (!span_like(name, "Accept"))
            continue;
        while (ranges.at != NULL)
            if (media_type_is(span_trim(span_cut(&ranges, ',')), "application/json"))
                return true;
    }
    return false;
}

void answer_cases(struct connection *connection)
{
    struct text text = text_in(connection->far->pieces.bytes, sizeof connection->far->pieces.bytes);
    bool is_json = accepts_json(&connection->exchange.request);
    if (is_json)
        cases_json(&text);
    else
        cases_table(&text);
    struct response response = {
        .status = 200,
        .framing = FRAMING_LENGTH,
        .length = text.length,
        .type = span_of(is_json ? "application/json" : "text/plain; charset=utf-8"),
        .fields = span_of("Vary: Accept\r\nX-Content-Type-Options: nosniff\r\n"),
    };
    answer_head(connection, &response);
    if (connection->exchange.request.method != METHOD_HEAD)
        out_span(&connection->out, text_written(&text));
    (void)out_flush(&connection->out);
}
