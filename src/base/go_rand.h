/*
 * The random string of a message, as the generator of Go's math/rand produces it. Pure.
 */
#ifndef BASE_GO_RAND_H
#define BASE_GO_RAND_H

#include <stdint.h>

enum { GO_RAND_LETTERS = 16 };

/* Writes the letters of message `number`, without a NUL. The same number always gives the same letters. */
void go_rand_letters(uint64_t number, char letters[GO_RAND_LETTERS]);

#endif
