/* The length of a stream before it is sent. Nothing fails. */
#include "stream/source_length.h"

#include "plan/substitute.h"

/* The digits of all numbers from 1 to `last`, beyond the first digit of each. */
static uint64_t further_digits(uint64_t last)
{
    uint64_t digits = 0;
    for (uint64_t least = 10; least <= last; least *= 10)
        digits += last - least + 1;
    return digits;
}

/* How many places the raw pieces have for the number of the repetition: the difference of one and two digits. */
static uint64_t numbers_in_raw(const struct source *source)
{
    struct substitute one = {source->plan, source->request, false, 1}, ten = {source->plan, source->request, false, 10};
    uint64_t count = 0;
    for (size_t i = 0; i < source->raws && source->plan->body.at == NULL; i++)
        count += substitute_length(&ten, source->room->raws[i]) - substitute_length(&one, source->room->raws[i]);
    return count;
}

/* All loops have the same length, except for the byte-order marks, the retry line and the digits of {{n}}. So one is
 * enough. */
uint64_t source_length(struct source *source, int64_t realtime)
{
    uint64_t loops = source->loops, length = 0, looped = 0;
    source->loops = 1;
    while (source_has_next(source)) {
        bool is_raw = source->next == SOURCE_RAW;
        uint64_t marks = source->began ? 0 : 3 * plan_number(source->plan, P_BOM);
        struct piece piece = source_next(source, realtime);
        length += piece_length(&piece);
        looped += is_raw ? piece_length(&piece) - marks : 0;
    }
    looped -= plan_retry_length(source->plan);
    if (loops > 1)
        length += numbers_in_raw(source) * further_digits(loops);
    return length + looped * (loops - 1);
}
