/*
 * Parameters as they came in: names and values, still encoded, perhaps for some attempts only. Pure.
 *
 * "2.status=503" is for the second attempt, "1-3.end=reset" for three, "4-.raw=" for the fourth and all later ones.
 * What a case has comes last, and gives way to the rest.
 */
#ifndef PLAN_PAIRS_H
#define PLAN_PAIRS_H

#include "http/refusal.h"
#include "plan/plan.h"

/* What goes before what, if several are given: the later one of these. */
enum rank {
    RANK_CASE, /* the case that was named has it */
    RANK_ALL,  /* it does not say for which attempts it is */
    RANK_SOME, /* it says */
};

struct pair {
    enum parameter_name name;
    struct span value;
    uint64_t from, to; /* attempts that it is for; all of them if it does not say */
    enum rank rank;
};

/*
 * Takes the next pair off the front of *rest. False at the end, or if its name is none; then *status is the status to
 * refuse the request with, else 0.
 */
bool pairs_next(struct pairs *rest, struct pair *pair, int *status, struct refusal *refusal);

/* The pair is for that attempt. Another of a higher rank may go before it. */
bool pairs_hold(const struct pair *pair, uint64_t attempt);

/*
 * All pairs are known, have values that fit, and none takes the place of another. Returns 0, or 400 with the first
 * fault.
 */
int pairs_check(struct pairs pairs, struct refusal *refusal);

#endif
