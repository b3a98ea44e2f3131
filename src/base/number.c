/*
 * Numbers with a unit, a fraction or an end. Every part is compared with the rest of the range before it is multiplied
 * or added, so that nothing overflows.
 */
#include "base/number.h"

#include "base/clock.h"

#include <string.h>

struct unit {
    char suffix[3]; /* the last unit of a table has none */
    uint64_t size;
};

/* Cuts the unit off the end of *span. Returns its size. */
static uint64_t cut_unit(struct span *span, const struct unit *units)
{
    for (;; units++) {
        size_t length = strlen(units->suffix);
        if (length > span->length)
            continue;
        if (length == 0 || memcmp(span->at + span->length - length, units->suffix, length) == 0) {
            span->length -= length;
            return units->size;
        }
    }
}

/* Reads the first `places` digits as a whole number, with zeros for missing ones. Later digits are checked, not used.
 */
static bool read_fraction(struct span digits, size_t places, uint64_t *fraction)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.length || i < places; i++) {
        uint64_t digit = 0;
        if (i < digits.length && !span_number((struct span){digits.at + i, 1}, 9, &digit))
            return false;
        if (i < places)
            value = value * 10 + digit;
    }
    *fraction = value;
    return true;
}

/* Reads a whole number up to `most`, and a fraction of `places` digits. One of the two may be missing. */
static bool read_decimal(struct span span, uint64_t most, size_t places, uint64_t *whole, uint64_t *fraction)
{
    struct span after = span;
    struct span before = span_cut(&after, '.');
    *whole = 0;
    if (before.length == 0 && after.length == 0)
        return false;
    if (before.length > 0 && !span_number(before, most, whole))
        return false;
    return read_fraction(after, places, fraction);
}

bool number_duration(struct span span, int64_t most_ns, int64_t *ns)
{
    static const struct unit units[] = {{"ms", NS_PER_MS}, {"s", NS_PER_S}, {"m", 60 * NS_PER_S}, {"", NS_PER_S}};
    uint64_t most = (uint64_t)most_ns;
    uint64_t unit = cut_unit(&span, units);
    uint64_t whole, fraction;
    if (!read_decimal(span, most / unit, 9, &whole, &fraction))
        return false;
    uint64_t part = unit / 1000 * fraction / 1000000; /* dividing first keeps it below 6 * 10^16 */
    if (part > most - whole * unit)
        return false;
    *ns = (int64_t)(whole * unit + part);
    return true;
}

bool number_bytes(struct span span, uint64_t most, uint64_t *bytes)
{
    static const struct unit units[] = {{"k", UINT64_C(1) << 10}, {"M", UINT64_C(1) << 20}, {"", 1}};
    uint64_t unit = cut_unit(&span, units);
    uint64_t whole;
    if (!span_number(span, most / unit, &whole))
        return false;
    *bytes = whole * unit;
    return true;
}

bool number_permille(struct span span, uint32_t *permille)
{
    uint64_t whole, fraction;
    if (!read_decimal(span, 1, 3, &whole, &fraction) || whole * 1000 + fraction > 1000)
        return false;
    *permille = (uint32_t)(whole * 1000 + fraction);
    return true;
}

bool number_range(struct span span, uint64_t *first, uint64_t *last)
{
    struct span end = span;
    uint64_t from;
    if (!span_number(span_cut(&end, '-'), UINT64_MAX, &from) || from == 0)
        return false;
    uint64_t to = end.at != NULL ? UINT64_MAX : from;
    if (end.length > 0 && !span_number(end, UINT64_MAX, &to))
        return false;
    if (to < from)
        return false;
    *first = from;
    *last = to;
    return true;
}
