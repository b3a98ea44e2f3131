/*
 * SplitMix64: a counter in steps of an odd constant, whose bits are mixed so that each result bit depends on all of
 * them. It has eight bytes of state and no bad seeds. Not rand_r(3): its numbers differ between C libraries.
 */
#include "base/prng.h"

struct prng prng_open(uint64_t seed)
{
    return (struct prng){seed};
}

uint64_t prng_next(struct prng *prng)
{
    prng->state += UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio */
    uint64_t bits = prng->state;
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    return bits ^ bits >> 31;
}

uint64_t prng_below(struct prng *prng, uint64_t bound)
{
    uint64_t bits = prng_next(prng);
    return bound > 0 ? bits % bound : 0;
}

int64_t prng_vary(struct prng *prng, int64_t ns, uint32_t permille)
{
    uint64_t middle = ns > 0 ? (uint64_t)ns : 0;
    uint64_t part = permille < 1000 ? permille : 1000;
    uint64_t spread = middle / 1000 * part + middle % 1000 * part / 1000; /* middle * part could overflow */
    uint64_t varied = middle - spread + prng_below(prng, 2 * spread + 1);
    return varied < INT64_MAX ? (int64_t)varied : INT64_MAX;
}
