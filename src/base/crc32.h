/*
 * The CRC-32 of gzip (RFC 1952, 8), zip, PNG and Ethernet. Pure.
 */
#ifndef BASE_CRC32_H
#define BASE_CRC32_H

#include "base/span.h"

/* Returns the CRC of all earlier bytes, whose CRC is `crc`, and `bytes`. The CRC of no bytes is 0. */
uint32_t crc32_add(uint32_t crc, struct span bytes);

#endif
