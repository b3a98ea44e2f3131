/*
 * The parameters of a request as a list of names and values, checked one by one. Pure.
 *
 * "2.status=503" holds for the second attempt, "1-3.end=reset" for the first three, "4-.raw=" for the fourth and all
 * later ones, "POST.status=202" for the method POST, and "POST.2.status=202" for the second attempt with it. The
 * parameters of a named case come last in the list.
 */
#ifndef PLAN_PAIRS_H
#define PLAN_PAIRS_H

#include "http/refusal.h"
#include "plan/parameters.h"

/* A higher rank overrides a lower one, whatever their order in the list. */
enum rank {
    RANK_CASE,     /* from the named case */
    RANK_ALL,      /* without a prefix */
    RANK_METHOD,   /* for a method */
    RANK_ATTEMPTS, /* for some attempts */
    RANK_BOTH,     /* for some attempts with a method */
    RANKS,
};

struct pair {
    union value value;
    uint64_t from, to;         /* the attempts it is for */
    unsigned char name;        /* enum parameter_name */
    unsigned char rank;        /* enum rank */
    char method[LIMIT_METHOD]; /* the method it is for; empty: all */
};

enum { PAIRS_FEW = 8, PAIRS_MOST = LIMIT_PARAMETERS + LIMIT_CASE_PARAMETERS };

/* The caller's memory, in two parts: most requests need no page for the large one. */
struct pairs {
    unsigned count;
    struct pair *at;         /* those that were read: `few` or `many` */
    struct pair *few, *many; /* room for PAIRS_FEW and for PAIRS_MOST; few may be NULL */
};

/*
 * The caller has set `few` and `many`. Reads the parameters of a query, then those of a form body, then those of the
 * case that they name. The spans stay the caller's and must live as long as the pairs. Returns 0, or 400 with the first
 * fault: an unknown name, a value that does not fit, or a parameter that is given twice.
 */
int pairs_read(struct pairs *pairs, struct span query, struct span form, struct refusal *refusal);

/* The pair is for that method and that attempt. */
bool pairs_hold(const struct pair *pair, struct span method, uint64_t attempt);

#endif
