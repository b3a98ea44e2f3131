/*
 * Parameters as they came in: names and values, still encoded, perhaps for some attempts only. Pure.
 *
 * "2.status=503" is for the second attempt, "1-3.end=reset" for three, "4-.raw=" for the fourth and all later ones.
 */
#ifndef STREAM_PAIRS_H
#define STREAM_PAIRS_H

#include "http/refusal.h"
#include "stream/plan.h"

struct pair {
    enum parameter_name name;
    struct span value;
    uint64_t from, to; /* attempts that it is for; all of them if it does not say */
    bool is_for_some;  /* it says */
};

/*
 * Takes the next pair off the front of *rest. False at the end, or if its name is none; then *status is the status to
 * refuse the request with, else 0.
 */
bool pairs_next(struct pairs *rest, struct pair *pair, int *status, struct refusal *refusal);

/* The pair is for that attempt. */
bool pair_holds(const struct pair *pair, uint64_t attempt);

/*
 * All pairs are known, have values that fit, and none takes the place of another. Returns 0, or 400 with the first
 * fault.
 */
int pairs_check(struct pairs pairs, struct refusal *refusal);

#endif
