/*
 * The pace of a stream: its waits. A wait ends early when there is nothing more to send: the client went, or we were
 * told to stop; `writer` then knows.
 */
#ifndef STREAM_PACE_H
#define STREAM_PACE_H

#include "base/prng.h"
#include "base/writer.h"
#include "plan/plan.h"

struct pace {
    struct writer *writer;
    struct prng prng;
    uint32_t jitter;   /* thousandths */
    bool had_finished; /* the client had finished sending when pace_look() looked */
};

/* `seed` decides all that is random. */
struct pace pace_open(struct writer *writer, const struct plan *plan, uint64_t seed);

/* The duration, varied as the plan has it. */
int64_t pace_vary(struct pace *pace, int64_t ns);

/* Waits until `deadline` (monotonic, ns; 0: only looks). False if there is nothing more to send. */
bool pace_until(struct pace *pace, int64_t deadline);

/* Waits for about `ns`. False likewise; true at once if that is 0. */
bool pace_for(struct pace *pace, int64_t ns);

/* Looks whether the client has finished sending, for pace_hang(): before the last bytes, and so before any. Does not
 * wait. */
void pace_look(struct pace *pace);

/* Sends nothing until the client goes, LIMIT_HANG_MS have passed or we are told to stop. */
void pace_hang(struct pace *pace);

#endif
