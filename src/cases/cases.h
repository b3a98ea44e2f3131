/*
 * The named cases: event streams that every client must interpret correctly (HTML standard, 9.2.5 and 9.2.6), and
 * streams with which clients of language models and MCP fail in practice. Pure.
 *
 * A case has a name, parameters of /stream, and one line that says what a correct client does. A case of an API has a
 * link, too. The cases are constants in memory pages that only requests for a case touch.
 */
#ifndef CASES_CASES_H
#define CASES_CASES_H

#include "base/text.h"

/* The spans are valid forever. */
struct named_case {
    struct span name;  /* unique; lower case letters, digits and dashes */
    struct span group; /* the topic, of the same characters */
    struct span means; /* what a correct client does; one line of printable ASCII */
    struct span query; /* encoded parameters of /stream, the same for every attempt */
    struct span link;  /* the rule, or a discussion of the failure; empty: the rule is in the HTML standard */
};

/* A position in the list. Start with {0}. */
struct cases {
    size_t group;
    struct span lines; /* the rest of the current group */
};

/* Takes the next case from the front of *rest, in the order of the list. Returns false at the end. */
bool cases_next(struct cases *rest, struct named_case *next);

/* Finds the case of this name. If there is none, returns false and leaves *found unchanged. */
bool cases_find(struct span name, struct named_case *found);

/* Write all cases: as a JSON array of objects, and as a table for people. */
void cases_json(struct text *text);
void cases_table(struct text *text);

#endif
