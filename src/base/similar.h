/*
 * "Did you mean": finds the known name that a misspelled one is close to. Pure.
 */
#ifndef BASE_SIMILAR_H
#define BASE_SIMILAR_H

#include "base/span.h"

struct similar {
    struct span name;  /* the misspelled name; the caller's */
    struct span found; /* the closest known name so far; at == NULL: none is close */
    unsigned mistakes; /* how many make `found` into `name` */
};

/* Starts a search. */
struct similar similar_to(struct span name);

/*
 * Compares with a known name, which must outlive the search. It is close after at most two mistakes, or one if either
 * name has at most three letters. A mistake is a letter too many, missing or wrong, or two neighbours that changed
 * places. The case of letters does not count. Of two names that are equally close, the first one wins.
 */
void similar_try(struct similar *similar, struct span known);

#endif
