/*
 * The random string of a message: always the same for a given number. Pure.
 */
#ifndef STREAM_GO_RAND_H
#define STREAM_GO_RAND_H

#include <stdint.h>

enum { GO_RAND_LETTERS = 16 };

/* Writes the GO_RAND_LETTERS letters of message `number` to `letters`, without an end. */
void go_rand_letters(uint64_t number, char letters[GO_RAND_LETTERS]);

#endif
