/*
 * Checks the values of parameters that are text. Pure.
 */
#ifndef PLAN_VALUES_H
#define PLAN_VALUES_H

#include "base/span.h"

/* The decoded value fits that kind: an enum parameter_kind after KIND_WAITS, except KIND_RAW. */
bool values_fit(unsigned kind, struct span text);

/* Why the parameter `header` must not set the field of that name, or what to use instead. NULL: it may. */
const char *values_why_reserved(struct span name);

#endif
