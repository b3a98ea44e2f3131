/*
 * The events of a stream in the format of a provider: its opening, a delta for each message, and its closing or its
 * error. If the plan is an error, the opening is its body and nothing follows. Pure.
 */
#ifndef STREAM_FORMATTED_H
#define STREAM_FORMATTED_H

#include "formats/template.h"
#include "plan/plan.h"
#include "stream/piece.h"

struct formatted {
    enum {
        FORMATTED_OPENING,
        FORMATTED_DELTAS,
        FORMATTED_CLOSING,
        FORMATTED_END,
    } stage;            /* of the next event */
    struct span events; /* the rest of the opening or of the closing */
    uint64_t skipped;   /* events that are still to be left out */
    struct template_values values;
};

/* Goes to the first event. `plan` has a format, and must outlive the events. *number is that of its first message. */
void formatted_open(struct formatted *formatted, const struct plan *plan, uint64_t *number);

/*
 * The next event, appended to *text; there must be one. The piece begins with what *text already has. If it is a delta,
 * it has the text of message *number, and *number is advanced. *hurries is set if the next event belongs to this one.
 */
struct piece formatted_next(struct formatted *formatted, const struct plan *plan, uint64_t *number, struct text *text,
                            bool *hurries);

#endif
