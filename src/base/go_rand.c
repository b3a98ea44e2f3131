/*
 * Go's generator is an additive lagged Fibonacci generator (607, 273). Each string is sixteen letters drawn from one
 * that is seeded with the message's number.
 *
 * The seeded state has 607 entries, but a string needs only ten of them. Entry e is
 *
 *   (A*s mod p) << 40  ^  (B*s mod p) << 20  ^  (C*s mod p)  ^  K        with p = 2^31 - 1, s = number mod p
 *
 * Seeding multiplies by 48271 mod p repeatedly, so A, B and C are powers of 48271. K is a constant of the generator.
 * Word k is the sum of entries 334-k and 607-k. None of the 2^31 - 2 seeds needs more than five words for sixteen
 * letters.
 *
 * Full speed (interval=0) shows what it costs: 65 ns a message. With a division for each `mod p` it is 80. With a
 * branch for each draw it is 100, because a processor cannot guess which of them give no letter.
 */
#include "base/go_rand.h"

#include <stddef.h>
#include <string.h>

enum {
    WORDS = 5,
    DRAWS_PER_WORD = 10,
    SEED_MODULUS = 2147483647,
    SEED_FOR_ZERO = 89482311,
    LETTERS = 52, /* in the alphabet */
};

struct entry {
    uint32_t high, middle, low; /* A, B, C */
    uint64_t constant;          /* K */
};

static const struct entry entries[WORDS][2] = {
    {{2082024995, 1341337692, 1079773482, 0xbfb2f4d968b759c3U},
     {933195560, 665897288, 2140244399, 0x39a00a3a31c025c6U}},
    {{1150153374, 158790463, 605303330, 0x3b7fc3ad0d1cd36bU}, {12551063, 261973619, 1344849213, 0x7e57a19b735ef03bU}},
    {{222931946, 107410249, 774605621, 0xf11bfbb3ba3e0841U}, {1869090542, 639091471, 981807486, 0x74535a96cc7adfd7U}},
    {{57419783, 1456440563, 1670264734, 0x031089e87fbab9a7U}, {262738336, 1751281521, 416536036, 0xe1de048dc78b382eU}},
    {{591323586, 1575667529, 1618966560, 0x967e3cd0f12b1c5fU}, {337976878, 48611679, 1482214485, 0xa8de655829aab207U}},
};

/*
 * A product of two numbers from 1 to p - 1, mod p. 2^31 is 1 mod p, so the upper bits are added to the lower ones. The
 * first sum is below 2p. Neither is 0 mod p, because p is a prime.
 */
static uint64_t mod_p(uint64_t product)
{
    uint64_t sum = (product >> 31) + (product & SEED_MODULUS);
    return (sum >> 31) + (sum & SEED_MODULUS);
}

static uint64_t seeded(const struct entry *entry, uint64_t seed)
{
    return mod_p(entry->high * seed) << 40 ^ mod_p(entry->middle * seed) << 20 ^ mod_p(entry->low * seed) ^
           entry->constant;
}

/* Each draw writes a letter, and the next one replaces it if it was not in the alphabet. */
void go_rand_letters(uint64_t number, char letters[GO_RAND_LETTERS])
{
    static const char alphabet[64] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char room[GO_RAND_LETTERS + DRAWS_PER_WORD];
    uint64_t seed = number % SEED_MODULUS;
    if (seed == 0)
        seed = SEED_FOR_ZERO;
    size_t drawn = 0;
    for (int word = 0; word < WORDS && drawn < GO_RAND_LETTERS; word++) {
        uint64_t bits = seeded(&entries[word][0], seed) + seeded(&entries[word][1], seed);
        for (int draw = 0; draw < DRAWS_PER_WORD; draw++, bits >>= 6) {
            room[drawn] = alphabet[bits % 64];
            drawn += bits % 64 < LETTERS;
        }
    }
    memcpy(letters, room, GO_RAND_LETTERS);
}
