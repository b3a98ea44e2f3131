/* Refusals. A reason that is too long is truncated; nothing fails. */
#include "http/refusal.h"

int refuse(struct refusal *refusal, int status, const char *reason)
{
    refusal->reason = text_in(refusal->room, sizeof refusal->room);
    text_string(&refusal->reason, reason);
    return status;
}
