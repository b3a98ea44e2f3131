/*
 * The named cases as one JSON file (-C): for tests of a parser that has no HTTP.
 */
#ifndef SERVE_PRINT_CASES_H
#define SERVE_PRINT_CASES_H

#include "serve/connection.h"

/*
 * Writes the file to standard output. Uses the connection's memory, whose `cold` must be set, and `capture`. `is_open`:
 * standard output was open when the program started. Returns EXIT_SERVED, or EXIT_TEMPORARY after a line in the log.
 */
int print_cases(struct connection *connection, struct writer *capture, bool is_open);

#endif
