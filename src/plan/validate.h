/*
 * Checks that the parameters of a plan can be combined. Pure.
 */
#ifndef PLAN_VALIDATE_H
#define PLAN_VALIDATE_H

#include "plan/plan.h"

/* Returns 0, or 400 with the names of two parameters that cannot be combined, and the reason. */
int plan_validate(const struct plan *plan, const struct request *request, struct refusal *refusal);

#endif
