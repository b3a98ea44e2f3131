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

/* What the process still needs. */
struct confine_needs {
    bool listens;           /* it accepts and forks */
    uint64_t kill_key;      /* it kills its children with this key (filter.h); 0: it kills nothing */
    int shared_file;        /* it extends the file at this descriptor; -1: none */
    bool has_token;         /* it knows a secret: no other process may look into it */
    const char *token_file; /* it reads this file; NULL: none */
};

/*
 * From now on: no new privileges, no core dump, little memory, no file except those in the directory of the token file,
 * and only the system calls in filter.c. Returns NULL, or the name of what the kernel refused; the rest is in force.
 */
const char *confine_process(const struct confine_needs *needs);

/* In a new process of the listener: it may have none of its own. */
void confine_child(void);

#endif
