/*
 * Numbers with a unit, a fraction or an end, as people write them into parameters. Pure, and in whole numbers only.
 *
 * Each function is false, and leaves its results untouched, if the span is anything but the form described, sign and
 * white space included, or if the value is out of range. Zeros in front do not count.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/span.h"

/*
 * A duration of 0 to `most_ns` (itself 0 or more), in nanoseconds: decimal digits, with a fraction if wanted ("1.5",
 * ".5", "1."), and behind them "ms", "s" or "m"; without one of them, seconds. Digits behind the ninth of the fraction,
 * and then what is less than a nanosecond, are cut before the value is compared.
 */
bool number_duration(struct span span, int64_t most_ns, int64_t *ns);

/* A size of 0 to `most` bytes: decimal digits, and behind them "k" (1,024) or "M" (1,048,576) if wanted. */
bool number_bytes(struct span span, uint64_t most, uint64_t *bytes);

/* A share of 0 to 1, in thousandths: "0.5" is 500, "1" and "1.0" are 1,000. Digits behind the third are cut first. */
bool number_permille(struct span span, uint32_t *permille);

/* A range within 1 to 2^64 - 1: "3" is 3 to 3, "1-3" is 1 to 3, "4-" has no end and is 4 to 2^64 - 1. */
bool number_range(struct span span, uint64_t *first, uint64_t *last);

#endif
