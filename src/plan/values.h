/*
 * What the values of parameters may be that are text. Pure.
 */
#ifndef PLAN_VALUES_H
#define PLAN_VALUES_H

#include "base/span.h"

/* The decoded value is one of that kind (enum parameter_kind), which is none of the kinds of numbers. */
bool values_fit(unsigned kind, struct span text);

#endif
