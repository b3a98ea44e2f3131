/* Details. Nothing fails: what does not fit is cut or left out. */
#include "scoreboard/details.h"

#include "scoreboard/attempt.h"

#include <string.h>

_Static_assert(LIMIT_LOG_NAMES + 1 + LIMIT_LOG_FIELDS * (LIMIT_LOG_FIELD + 1) + LIMIT_BODY_KEPT + 495 <= LIMIT_DETAILS,
               "all fields and a body fit");

size_t details_size(const struct attempt *attempt)
{
    return (size_t)attempt->fields_size + attempt->body_kept + attempt->target_size;
}

/* Appends a string of at most `most` bytes, and a NUL. Returns its size with the NUL, or 0 if there is no room. */
static size_t append(struct details *details, size_t at, struct span span, size_t most)
{
    size_t room = LIMIT_DETAILS - at;
    size_t length = span.length < most ? span.length : most;
    if (room <= length)
        return 0;
    attempt_put(details->bytes + at, length + 1, span);
    return length + 1;
}

void details_take_field(struct details *details, struct attempt *attempt, struct span name, struct span value)
{
    size_t at = attempt->fields_size;
    size_t name_size = append(details, at, name, LIMIT_LOG_NAMES);
    size_t value_size = name_size > 0 ? append(details, at + name_size, value, LIMIT_LOG_FIELD) : 0;
    if (value_size > 0)
        attempt->fields_size = (uint16_t)(at + name_size + value_size);
}

/* The length without the bytes of a character (UTF-8) that is incomplete at the end. */
static size_t length_of_whole(struct span span)
{
    for (size_t back = 1; back <= 3 && back <= span.length; back++) {
        unsigned char byte = (unsigned char)span.at[span.length - back];
        size_t wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        if ((byte & 0xc0) != 0x80)
            return wanted > back ? span.length - back : span.length;
    }
    return span.length;
}

void details_take_body(struct details *details, struct attempt *attempt, struct span beginning, bool goes_on)
{
    if (beginning.length > LIMIT_BODY_KEPT)
        beginning.length = LIMIT_BODY_KEPT;
    if (goes_on)
        beginning.length = length_of_whole(beginning);
    if (beginning.length > 0)
        memcpy(details->bytes + attempt->fields_size, beginning.at, beginning.length);
    attempt->body_kept = (uint16_t)beginning.length;
}

void details_take_target(struct details *details, struct attempt *attempt, struct span target)
{
    size_t at = (size_t)attempt->fields_size + attempt->body_kept;
    if (target.length >= sizeof attempt->target)
        attempt->target_size = (uint16_t)append(details, at, target, LIMIT_DETAILS - at - 1);
}

bool details_next_field(const struct details *details, const struct attempt *attempt, size_t *at, struct span *name,
                        struct span *value)
{
    struct span rest = {details->bytes + *at, attempt->fields_size - *at};
    *name = span_cut(&rest, '\0');
    if (name->length == 0 || rest.at == NULL)
        return false;
    *value = span_cut(&rest, '\0');
    *at = attempt->fields_size - rest.length;
    return rest.at != NULL;
}

struct span details_body(const struct details *details, const struct attempt *attempt)
{
    return (struct span){details->bytes + attempt->fields_size, attempt->body_kept};
}

struct span details_target(const struct details *details, const struct attempt *attempt)
{
    struct span kept = {details->bytes + attempt->fields_size + attempt->body_kept, attempt->target_size};
    return kept.length > 0 ? span_cut(&kept, '\0') : span_of(attempt->target);
}
