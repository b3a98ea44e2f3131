/*
 * Templates of events and bodies. Pure.
 *
 * A template is a constant text. Each "\n" becomes the line end of the stream, and each placeholder its value:
 *
 *   <text>      the text of a message: its random string, an "x" for each byte of padding, and a space
 *   <whole>     the texts of all messages, one after the other
 *   <sequence>  the number of this event, from 0
 *   <model>     the model, as a string of JSON
 *   <created>   when the response was created, in seconds since 1970
 *   <input>     the tokens of the prompt
 *   <output>    the tokens of the answer, one for each message
 *   <total>     their sum
 *   <status>    a status code
 *   <type>      the provider's word for that status
 *   <code>      the same, as a value of JSON
 *   <message>   a sentence about it, as a string of JSON
 */
#ifndef FORMATS_TEMPLATE_H
#define FORMATS_TEMPLATE_H

#include "base/go_rand.h"
#include "base/text.h"

enum {
    TEMPLATE_TEXT = GO_RAND_LETTERS + 1, /* the length of a text without padding, bytes */
    TEMPLATE_INPUT = 10,                 /* the tokens of every prompt */
};

/* Only what the template's placeholders need must be set. */
struct template_values {
    const char *line_end;
    struct span model; /* as in a string of JSON, so already escaped */
    uint64_t created;
    uint64_t number;       /* of the message that <text> is for */
    uint64_t size;         /* of each text, bytes, at least TEMPLATE_TEXT; 0: no padding */
    uint64_t first, count; /* the first message of the stream, and the number of messages */
    uint64_t sequence;
    int status;
    const char *type, *code;
    struct span message;
};

/*
 * Appends the template with its values. If there is a size, stops before the padding of <text>, and returns what
 * follows <text>. The caller appends the padding, the space, and then that rest by another call. Otherwise returns an
 * empty span.
 */
struct span template_expand(struct text *text, struct span template, const struct template_values *values);

/* Cuts the first event, up to and including its empty line, from *events. Without an empty line, cuts everything. */
struct span template_cut_event(struct span *events);

#endif
