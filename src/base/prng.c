/*
 * Noise by the generator known as SplitMix64: a counter in steps of an odd constant, its bits mixed so that every one
 * of them hangs on all. Eight bytes of state, no bad seeds. Cannot fail.
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
    uint64_t spread = middle / 1000 * part + middle % 1000 * part / 1000; /* the product in one could overflow */
    uint64_t varied = middle - spread + prng_below(prng, 2 * spread + 1);
    return varied < INT64_MAX ? (int64_t)varied : INT64_MAX;
}
