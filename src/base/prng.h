/*
 * Noise: numbers that look random and are the same on every machine for the same seed. Not for secrets. Pure.
 */
#ifndef BASE_PRNG_H
#define BASE_PRNG_H

#include <stdint.h>

struct prng {
    uint64_t state;
};

/* A generator with that seed; any will do, 0 too. */
struct prng prng_open(uint64_t seed);

/* The next 64 bits. They repeat after 2^64. */
uint64_t prng_next(struct prng *prng);

/*
 * The next number from 0 to `bound` - 1; 0 if `bound` is 0. All are as likely up to one part in 2^64 / `bound`, which
 * nobody sees with what is waited for or cut here. Takes one number of the generator, whatever `bound` is.
 */
uint64_t prng_below(struct prng *prng, uint64_t bound);

/*
 * The duration `ns` made shorter or longer by up to `permille` thousandths of it (more than 1,000 is taken for 1,000),
 * 0 to INT64_MAX; 0 if `ns` is negative. Takes one number of the generator, even if there is nothing to vary, so that
 * what comes later does not hang on it.
 */
int64_t prng_vary(struct prng *prng, int64_t ns, uint32_t permille);

#endif
