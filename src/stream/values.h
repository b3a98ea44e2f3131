/*
 * What the values of parameters may be that are text. Pure.
 */
#ifndef STREAM_VALUES_H
#define STREAM_VALUES_H

#include "base/span.h"

/* The decoded value is one of that kind (enum parameter_kind), which is none of the kinds of numbers. */
bool value_fits(unsigned kind, struct span text);

#endif
