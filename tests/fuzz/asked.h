/*
 * What a request permits its response to be, found in its log line and in the bytes that the client sent. If the reader
 * is unsure, it permits more.
 */
#ifndef ASKED_H
#define ASKED_H

#include "answers.h"

/* `line` is the log line from the method on. `sent` is all that the client sent: it holds the body of a POST. */
struct asked asked_of(struct span line, struct span sent);

/* The request has no parameter other than `count`. */
bool asks_for_count_alone(struct span line, struct span sent);

/* The line gives the reason for a refusal. */
bool tells_refusal(struct span line);

/* There was no response: the request asked for a cut before the head, or the client closed. */
bool tells_no_answer(struct span line);

/* The span contains the string. */
bool has_within(struct span span, const char *string);

#endif
