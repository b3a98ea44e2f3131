/*
 * The table of parameters as JSON, for programs. The page builds its form from it. Pure.
 */
#ifndef PLAN_PARAMETERS_JSON_H
#define PLAN_PARAMETERS_JSON_H

#include "base/text.h"

/* Appends all parameters as a JSON array of objects, in the order of the table. */
void parameters_json(struct text *text);

#endif
