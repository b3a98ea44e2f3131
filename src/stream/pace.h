/*
 * The waits of a stream. A wait ends early if the client is gone or the server must stop. The functions then return
 * false, and `writer` knows which of the two it was. Times are ns.
 *
 * A client that closes looks like one that only ends its sending side, until the next bytes reach it. The first wait
 * that sees this records it. Then a wait of more than LIMIT_HALF_CLOSED_MS ends at once: the client is gone.
 */
#ifndef STREAM_PACE_H
#define STREAM_PACE_H

#include "base/prng.h"
#include "base/writer.h"
#include "plan/plan.h"
#include "stream/presence.h"

struct pace {
    struct writer *writer;
    struct presence *presence;
    struct prng prng;
    uint32_t jitter;     /* of every wait, thousandths, 0 to 1000 */
    int64_t due;         /* monotonic: the latest deadline so far, which later gaps count from */
    bool has_long_waits; /* some may be longer than LIMIT_KEEP_MS */
    bool is_half_closed; /* the client has ended its sending side */
};

/* The same `seed` gives the same waits and write sizes. `writer` and `presence` must outlive the pace. */
struct pace pace_open(struct writer *writer, struct presence *presence, const struct plan *plan, uint64_t seed);

/*
 * The deadline after `due`: the next of the waits, varied at random by the plan's jitter, is added to it. It does not
 * depend on the time, so a late write shifts no later deadline. Takes one random number if there is jitter. Pure.
 */
int64_t pace_after(struct pace *pace, struct waits *waits, int64_t due);

/* The first write is due now. Returns its deadline. */
int64_t pace_start(struct pace *pace);

/* Waits until `deadline` on the monotonic clock. With 0 it does not wait, but still notices an order to stop. */
bool pace_until(struct pace *pace, int64_t deadline);

/* Waits for `ns`, varied by the jitter. Returns true at once if that is 0. */
bool pace_for(struct pace *pace, int64_t ns);

/* Waits for the next of the gaps, counted from `due`, which it advances. Returns true at once if that is 0. */
bool pace_gap(struct pace *pace, struct waits *gaps);

/* Finds out, without a wait, whether the client has ended its sending side. For pace_hang(), before each piece. */
void pace_look(struct pace *pace);

/* Sends nothing until the client closes, LIMIT_HANG_MS have passed or the server must stop. */
void pace_hang(struct pace *pace);

#endif
