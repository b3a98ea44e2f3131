/*
 * The parameter `sub`: names in {{ }} in raw pieces and header fields, and their values. Pure.
 *
 * CR, LF and NUL are removed from a value; in a header field, every control character. At most LIMIT_SUBSTITUTE bytes
 * of a value are used. "{{" without its "}}", or with a brace before that, is sent unchanged.
 */
#ifndef PLAN_SUBSTITUTE_H
#define PLAN_SUBSTITUTE_H

#include "plan/plan.h"

/* Where the values come from. */
struct substitute {
    const struct plan *plan;
    const struct request *request;
    bool is_field;   /* for a header field, not for a raw piece */
    uint64_t number; /* of the repetition of the raw pieces, from 1 */
};

/* Appends the decoded value of raw or header, with its substitutions if the plan has any. */
void substitute_text(struct text *text, const struct substitute *substitute, struct span encoded);

/* The length in bytes of what substitute_text() appends. */
uint64_t substitute_length(const struct substitute *substitute, struct span encoded);

/*
 * How many bytes substitute_text() reads at most: the value and, for each {{header:NAME}}, the head. What it appends
 * can be shorter, even empty. 0 if the plan has no substitutions.
 */
uint64_t substitute_cost(const struct substitute *substitute, struct span encoded);

/*
 * Checks the names in all values, that no value becomes too long, and that all of them together do not cost too much.
 * Returns 0, or 400 with the reason. Until then no other function here may be called if the plan has substitutions.
 */
int substitute_check(const struct plan *plan, const struct request *request, struct refusal *refusal);

#endif
