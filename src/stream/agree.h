/*
 * Which parameters go together. Pure.
 */
#ifndef STREAM_AGREE_H
#define STREAM_AGREE_H

#include "stream/plan.h"

/* Returns 0, or 400 with the two parameters that do not go together, and why. */
int plan_agrees(const struct plan *plan, const struct request *request, struct refusal *refusal);

#endif
