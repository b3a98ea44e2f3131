/* What the tools have in common: how they end when they cannot go on, and the time. */
#ifndef TOOL_H
#define TOOL_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The system refused `what`, for errno's reason: exit 2. */
static inline _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(2);
}

/* The program did what it must not: exit 1. */
static inline _Noreturn void fault(const char *what, const char *detail)
{
    fprintf(stderr, "%s: %s\n", what, detail);
    exit(1);
}

static inline int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
