/* What all formats have in common. Nothing fails: each table of errors has words for every status. */
#include "formats/format.h"

#include "formats/template.h"

#include <string.h>

bool format_repeats_text(const struct format *format)
{
    return strstr(format->closing, "<whole>") != NULL;
}

/* The row of that status, or the general one of its class. */
static const struct format_error *error_of(const struct format *format, int status)
{
    const struct format_error *general = format->errors;
    for (const struct format_error *error = format->errors; error->status != 0; error++) {
        if (error->status == status)
            return error;
        if (error->status == (status < 500 ? 400 : 500))
            general = error;
    }
    return general;
}

void format_refusal(struct text *text, const struct format *format, int status, struct span message)
{
    char room[64];
    struct text usual = text_in(room, sizeof room);
    const struct format_error *error = error_of(format, status);
    text_string(&usual, "sse-server answers with status ");
    text_number(&usual, (uint64_t)status);
    text_string(&usual, " as requested");
    const struct template_values values = {
        .line_end = "\n",
        .status = status,
        .type = error->type,
        .code = error->code,
        .message = message.length > 0 ? message : text_written(&usual),
    };
    (void)template_expand(text, span_of(format->refusal), &values);
}
