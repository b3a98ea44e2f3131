/*
 * CRC-32 with the polynomial of Ethernet, bits reversed: the one of gzip (RFC 1952, 8), zip and PNG. Pure.
 */
#ifndef BASE_CRC32_H
#define BASE_CRC32_H

#include "base/span.h"

/* The CRC of all bytes so far, 0 of none, with these behind them. How the bytes are cut into calls does not matter. */
uint32_t crc32_add(uint32_t crc, struct span bytes);

#endif
