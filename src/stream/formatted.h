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
    struct span events; /* the rest of the opening or of the closing */
    struct template_values values;
};

/* Starts with the opening. `plan` has a format, and must outlive the events. */
void formatted_open(struct formatted *formatted, const struct plan *plan);

/* Goes on with the closing events, or with those of the error. There may be none. */
void formatted_close(struct formatted *formatted, const struct plan *plan);

/* Appends the next event of the opening or the closing to *text. There must be one. */
void formatted_event(struct formatted *formatted, const struct plan *plan, struct text *text);

/* The delta with the text of message `number`, appended to *text. The piece begins with what *text already has. */
struct piece formatted_delta(struct formatted *formatted, const struct plan *plan, uint64_t number, struct text *text);

#endif
