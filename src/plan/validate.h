/*
 * Which parameters go together. Pure.
 */
#ifndef PLAN_VALIDATE_H
#define PLAN_VALIDATE_H

#include "plan/plan.h"

/* Returns 0, or 400 with the two parameters that do not go together, and why. */
int plan_validate(const struct plan *plan, const struct request *request, struct refusal *refusal);

#endif
