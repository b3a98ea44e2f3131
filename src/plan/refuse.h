/*
 * Refusals of one parameter: each names it, and says what was wrong and what is accepted. Pure.
 */
#ifndef PLAN_REFUSE_H
#define PLAN_REFUSE_H

#include "http/refusal.h"
#include "plan/parameters.h"

enum { REFUSE_SHOWN = 40 }; /* bytes of a client's word in a reason */

/* Sets the reason to: parameter "NAME" WHAT ACCEPTS. Returns 400. `name` is decoded. */
int refuse_parameter(struct refusal *refusal, struct span name, const char *what, const char *accepts);

/* Sets the reason for an encoded value that parameters_take() refused. Returns 400. */
int refuse_value(struct refusal *refusal, enum parameter_name name, struct span value);

#endif
