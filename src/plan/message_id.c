/* Message IDs. Nothing fails: any other text is not one. */
#include "plan/message_id.h"

bool message_id_parse(struct span id, uint64_t *number)
{
    struct span digits = span_after(id, sizeof MESSAGE_ID_PREFIX - 1);
    uint64_t value;
    if (!span_starts(id, MESSAGE_ID_PREFIX) || !span_number(digits, INT64_MAX, &value) || value == 0)
        return false;
    *number = value;
    return true;
}
