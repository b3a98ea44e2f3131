/*
 * What this process takes from itself before it reads a stranger's first byte.
 *
 * A listener pays for this once, and its children inherit it. A process that is executed for one connection pays each
 * time, measured in turn with 14,000 executions each (medians, on two cores): 95 us of 341, of which the filter is 74
 * (38 of them the kernel's, for any filter at all) and Landlock 10. A static program that does nothing but answer takes
 * 150.
 */
#ifndef CONFINE_CONFINE_H
#define CONFINE_CONFINE_H

#include <stdbool.h>
#include <stdint.h>

/* Closes every descriptor from `first` on: what a parent left open is not ours. Call before anything is opened. */
void confine_descriptors(int first);

/*
 * No new privileges, no core dump; with `has_token`, nobody looks into this process; little memory; no files but those
 * beside `token_file` (NULL: none); only the system calls that are needed. `listens`: this process accepts and forks,
 * and kills with `kill_key` (filter.h). Returns NULL, or what the kernel refused, for the log: the rest is in force all
 * the same.
 */
const char *confine_process(bool listens, uint64_t kill_key, bool has_token, const char *token_file);

/* In a new process of the listener: it may have none of its own. */
void confine_child(void);

#endif
