/*
 * The table of parameters for programs, such as the page that has a form made of it. Pure.
 */
#ifndef PLAN_PARAMETERS_JSON_H
#define PLAN_PARAMETERS_JSON_H

#include "base/text.h"

/* All of them, as a JSON array of objects, in the order of the table. */
void parameters_json(struct text *text);

#endif
