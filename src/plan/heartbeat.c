/*
 * A comment is a line. Between two pieces it fits if the first one ends a line, and if the second one does not begin
 * with the other half of that line end. Nothing fails.
 */
#include "plan/heartbeat.h"

#include "http/percent.h"
#include "plan/event_block.h"

/* The first and the last byte of a piece; -1: it is empty. */
struct ends {
    int first, last;
};

struct pieces {
    uint64_t count, loops;
    bool is_body;                       /* all pieces but the last one end with a blank line */
    struct ends ends[LIMIT_PARAMETERS]; /* of raw pieces; of a body only one: its own */
};

static int byte_of(char byte)
{
    return (unsigned char)byte;
}

/* Every "%" is followed by two digits: pairs_read() has checked that. A "+" is no line end, decoded or not. */
static struct ends encoded_ends(struct span encoded)
{
    struct ends ends = {-1, -1};
    if (encoded.length == 0)
        return ends;
    int first = percent_byte_at(encoded, 0);
    int last = encoded.length > 2 ? percent_byte_at(encoded, encoded.length - 3) : -1;
    ends.first = first >= 0 ? first : byte_of(encoded.at[0]);
    ends.last = last >= 0 ? last : byte_of(encoded.at[encoded.length - 1]);
    return ends;
}

static void find_raw(struct pieces *pieces, const struct plan *plan)
{
    unsigned index = 0;
    struct span encoded;
    while (pieces->count < LIMIT_PARAMETERS && plan_next(plan, &index, P_RAW, &encoded))
        pieces->ends[pieces->count++] = encoded_ends(encoded);
    if (pieces->count == 0 || plan_number(plan, P_FILL) == 0)
        return;
    pieces->ends[0].last = 'x';
    if (pieces->ends[0].first < 0)
        pieces->ends[0].first = 'x';
}

static void find_events(struct pieces *pieces, struct span body)
{
    pieces->is_body = true;
    pieces->ends[0] = body.length == 0 ? (struct ends){-1, -1}
                                       : (struct ends){byte_of(body.at[0]), byte_of(body.at[body.length - 1])};
    do {
        (void)event_block_next(&body);
        pieces->count++;
    } while (body.length > 0);
}

/* What is wrong with a comment after the piece at `index`. */
static enum heartbeat_fault fault_after(const struct pieces *pieces, uint64_t index)
{
    uint64_t count = pieces->is_body ? 1 : pieces->count;
    if (pieces->is_body && index + 1 < pieces->count)
        return HEARTBEAT_FITS;
    index = pieces->is_body ? 0 : index;
    int last = pieces->ends[index].last, first = -1;
    uint64_t end = pieces->loops > 1 ? index + count : count - 1;
    for (uint64_t next = index + 1; first < 0 && next <= end; next++)
        first = pieces->ends[next % count].first;
    if (last != '\n' && last != '\r')
        return HEARTBEAT_IN_LINE;
    return last == '\r' && first == '\n' ? HEARTBEAT_IN_CR_LF : HEARTBEAT_FITS;
}

/* After the end of the list all waits are the same, so one more loop shows the rest. */
enum heartbeat_fault heartbeat_check(const struct plan *plan, uint64_t *piece)
{
    struct pieces pieces = {.loops = plan_number(plan, P_LOOP)};
    struct waits waits = plan_waits(plan, P_INTERVAL);
    uint64_t alike = 0;
    if (plan->body.at != NULL)
        find_events(&pieces, plan->body);
    else
        find_raw(&pieces, plan);
    uint64_t total = pieces.loops == PARAMETERS_WORD ? PARAMETERS_WORD : pieces.count * pieces.loops;
    for (uint64_t sent = 1; pieces.count > 0 && sent < total && alike <= pieces.count; sent++) {
        uint64_t index = (sent - 1) % pieces.count;
        alike += waits.rest.at == NULL;
        enum heartbeat_fault fault = waits_next(&waits) > 0 ? fault_after(&pieces, index) : HEARTBEAT_FITS;
        *piece = index + 1;
        if (fault != HEARTBEAT_FITS)
            return fault;
    }
    return HEARTBEAT_FITS;
}
