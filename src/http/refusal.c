/* Refusals. A reason that is too long is truncated; nothing fails. */
#include "http/refusal.h"

int refuse(struct refusal *refusal, int status, const char *reason)
{
    refusal->reason = text_in(refusal->room, refusal->room != NULL ? LIMIT_REASON : 0);
    text_string(&refusal->reason, reason);
    return status;
}
