/*
 * The named cases: event streams that a client must read right (HTML standard, 9.2.5 and 9.2.6). Pure.
 *
 * A case is a name for the parameters of a stream, and one line on what a right client makes of it. The cases are
 * constant, and in pages that nobody touches who does not ask for one.
 */
#ifndef CASES_CASES_H
#define CASES_CASES_H

#include "base/text.h"

/* Its spans hold for ever. */
struct named_case {
    struct span name;  /* of lower case letters, digits and dashes; no other case has it */
    struct span group; /* of the same letters: what it is about */
    struct span means; /* one line of printable ASCII: what a right client does */
    struct span query; /* parameters of /stream, encoded, none of them for some attempts only */
};

/* Where one is in the list. Begins as {0}. */
struct cases {
    size_t group;
    struct span lines; /* what is left of the group before */
};

/* Takes the next case off the front of *rest, in the order of the list. False at the end. */
bool cases_next(struct cases *rest, struct named_case *next);

/* The case of that name. False, *found untouched, if there is none. */
bool cases_find(struct span name, struct named_case *found);

/* All of them, as a JSON array of objects, and as a table for people. */
void cases_json(struct text *text);
void cases_table(struct text *text);

#endif
