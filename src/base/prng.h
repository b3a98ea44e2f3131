/*
 * Numbers that look random, and are the same on every machine for the same seed. Not for secrets. Pure.
 */
#ifndef BASE_PRNG_H
#define BASE_PRNG_H

#include <stdint.h>

struct prng {
    uint64_t state;
};

/* Returns a generator with that seed. Every seed is good, 0 too. */
struct prng prng_open(uint64_t seed);

/* Returns the next 64 bits. They repeat after 2^64 calls. */
uint64_t prng_next(struct prng *prng);

/*
 * Returns the next number from 0 to `bound` - 1; 0 if `bound` is 0. Their probabilities differ by one part in
 * 2^64 / `bound`, which is not visible in delays and cuts. Always takes one number of the generator.
 */
uint64_t prng_below(struct prng *prng, uint64_t bound);

/*
 * Returns the duration `ns`, made shorter or longer by up to `permille` thousandths (at most 1,000): 0 to INT64_MAX,
 * and 0 if `ns` is negative. Always takes one number of the generator, so that later results do not depend on the
 * arguments.
 */
int64_t prng_vary(struct prng *prng, int64_t ns, uint32_t permille);

#endif
