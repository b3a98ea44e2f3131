/* Which attempt a request is. Nothing fails: an unknown ID means the second attempt, an unknown cookie the first. */
#include "plan/attempt.h"

#include "base/crc32.h"
#include "http/cookie.h"
#include "plan/message_id.h"

static uint64_t by_id(struct span id)
{
    uint64_t number;
    if (id.length == 0)
        return 1;
    if (message_id_parse(id, &number) || span_number(id, INT64_MAX, &number))
        return number + 1;
    return 2;
}

/* An experiment has one cookie, however its path is encoded and goes on: that of /stream with its parameters. */
void plan_attempt_cookie_name(struct text *text, const struct request *request)
{
    uint32_t crc = crc32_add(0, request->target);
    if (request->experiment.at != NULL)
        crc = crc32_add(crc32_add(0, span_of("/stream?")), request->experiment);
    text_string(text, "attempt-");
    text_hex_padded(text, crc, 8);
}

static uint64_t by_cookie(const struct request *request)
{
    char room[PLAN_ATTEMPT_COOKIE_ROOM];
    struct text name = text_in(room, sizeof room - 1);
    uint64_t before;
    plan_attempt_cookie_name(&name, request);
    room[name.length] = '\0';
    return span_number(cookie_find(request->head, room), INT64_MAX, &before) ? before + 1 : 1;
}

uint64_t plan_attempt_of(const struct plan *plan, const struct request *request)
{
    if (plan_has(plan, P_ATTEMPT))
        return plan_number(plan, P_ATTEMPT);
    switch ((enum by)plan_number(plan, P_BY)) {
    case BY_ID:
        return by_id(plan->last_id);
    case BY_COOKIE:
        return by_cookie(request);
    case BY_KEY:
        break;
    }
    return 1;
}
