/*
 * Whole numbers as Python's int reads them, because the suite's own server is written in Python. Pure.
 */
#ifndef WPT_INTEGER_H
#define WPT_INTEGER_H

#include "base/span.h"

/*
 * White space, a sign, and decimal digits with single underscores between them; then white space. A number that is
 * too large becomes the nearest of INT64_MAX and -INT64_MAX. Returns false for everything else, with *number untouched.
 */
bool integer_parse(struct span text, int64_t *number);

#endif
