/*
 * The random string of a message: always the same for a given number. Pure.
 */
#ifndef STREAM_RANDOM_H
#define STREAM_RANDOM_H

#include <stdint.h>

enum { RANDOM_LETTERS = 16 };

/* Writes the RANDOM_LETTERS letters of message `number` to `letters`, without an end. */
void random_letters(uint64_t number, char letters[RANDOM_LETTERS]);

#endif
