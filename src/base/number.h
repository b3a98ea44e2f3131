/*
 * Numbers with a unit, a fraction or an end, as parameters have them. Pure; no floating point.
 *
 * Each function returns false and leaves its results untouched if the span does not have the described form (signs and
 * white space are errors), or if the value is out of range. Leading zeros are allowed.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/span.h"

/*
 * A duration of 0 to `most_ns` (0 or more), in ns: decimal digits, an optional fraction ("1.5", ".5", "1."), and an
 * optional unit, "ms", "s" or "m". Default: seconds. Digits after the ninth of the fraction, and parts of a nanosecond,
 * are cut before the value is compared.
 */
bool number_duration(struct span span, int64_t most_ns, int64_t *ns);

/* A size of 0 to `most` bytes: decimal digits, and an optional "k" (1,024) or "M" (1,048,576). */
bool number_bytes(struct span span, uint64_t most, uint64_t *bytes);

/* A share of 0 to 1, in thousandths: "0.5" is 500, "1" and "1.0" are 1,000. Digits after the third are cut first. */
bool number_permille(struct span span, uint32_t *permille);

/* A range within 1 to 2^64 - 1: "3" is 3 to 3, "1-3" is 1 to 3, "4-" has no end and is 4 to 2^64 - 1. */
bool number_range(struct span span, uint64_t *first, uint64_t *last);

#endif
