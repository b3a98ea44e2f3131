/* CRC-32, half a byte at a time: the table then takes 64 bytes instead of 1,024. */
#include "base/crc32.h"

/* The remainder of each four-bit number. */
static const uint32_t nibbles[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

uint32_t crc32_add(uint32_t crc, struct span bytes)
{
    uint32_t rest = ~crc;
    for (size_t i = 0; i < bytes.length; i++) {
        rest ^= (unsigned char)bytes.at[i];
        rest = rest >> 4 ^ nibbles[rest & 15];
        rest = rest >> 4 ^ nibbles[rest & 15];
    }
    return ~rest;
}
