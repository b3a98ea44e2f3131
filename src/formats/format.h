/*
 * A format: how one provider of language models streams an answer. Pure.
 *
 * A format is a constant: templates (template.h) and a table of errors. It has one file. formats.h lists all of them.
 */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "base/text.h"

/* The words for a status code. */
struct format_error {
    int status; /* 0: the end of the table */
    const char *type, *code;
};

struct format {
    const char *name;                  /* the word of the parameter `format` */
    bool asks_for_stream;              /* its requests have "stream": true */
    const char *line_end;              /* the provider's; `eol` overrides it */
    const char *fields;                /* further fields of the head, each with its CR LF */
    const char *opening;               /* the events before the first delta, and each with its empty line */
    const char *delta;                 /* the event with the text of a message */
    const char *closing;               /* the events after the last delta */
    const char *error;                 /* the events of a failure inside the stream */
    const char *refusal;               /* the body of a response with a status of 400 or more */
    const struct format_error *errors; /* by status; it has rows for 400 and 500, the words for all others */
};

enum {
    FORMAT_COUNT = 16,           /* the default of `count` */
    FORMAT_CREATED = 1735689600, /* the default of `time`: 2025-01-01, always the same, so that streams are too */
};

/* The model, if the request names none. */
#define FORMAT_MODEL "sse-server-test"

/* The closing events repeat the whole text. */
bool format_repeats_text(const struct format *format);

/*
 * Appends the provider's body for a status of 400 or more. `message` is a sentence for people; empty: the status was
 * requested.
 */
void format_refusal(struct text *text, const struct format *format, int status, struct span message);

#endif
