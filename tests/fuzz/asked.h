/*
 * A plain reading of what a request asked for, out of its line in the log and the bytes that the client sent: which
 * promises hold for its answer. Where it cannot be sure, fewer do. Nothing fails.
 */
#ifndef ASKED_H
#define ASKED_H

#include "answers.h"

/*
 * `line` is that of the log, from the method on; `sent` all that the client sent, where the body of a POST is looked
 * for, which the log does not tell.
 */
struct asked asked_of(struct span line, struct span sent);

/* The request asked for nothing but a number of messages. */
bool asks_for_count_alone(struct span line, struct span sent);

/* The line says why the request was refused. */
bool tells_refusal(struct span line);

/* The request was not answered: it had its connection broken off before, or its client went. */
bool tells_no_answer(struct span line);

/* The string is somewhere in the span. */
bool has_within(struct span span, const char *string);

#endif
