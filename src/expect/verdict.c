/*
 * The head decides whether a client reads the body, reconnects or gives up. Credentials and CORS are left out: the
 * client is assumed to be admitted. Nothing fails.
 */
#include "expect/verdict.h"

#include "expect/dispute.h"
#include "http/media_type.h"
#include "plan/substitute.h"

/* The Content-Type fields of the head, one after the other. */
struct types {
    const struct plan *plan;
    const struct request *request;
    bool began;
    unsigned index; /* of the next pair that may be a `header` */
};

static bool next_header_type(struct types *types, struct text *room, struct span *type)
{
    const struct substitute substitute = {types->plan, types->request, true, 1};
    struct span encoded;
    while (plan_has(types->plan, P_HEADER) && plan_next(types->plan, &types->index, P_HEADER, &encoded)) {
        room->length = 0;
        substitute_text(room, &substitute, encoded);
        *type = text_written(room);
        if (!span_like(span_cut(type, ':'), "Content-Type"))
            continue;
        *type = span_trim(*type);
        return true;
    }
    return false;
}

/* The next one, decoded in `room`. False if there is none. */
static bool next_type(struct types *types, struct text *room, struct span *type)
{
    if (types->began)
        return next_header_type(types, room, type);
    types->began = true;
    if (!plan_has(types->plan, P_TYPE))
        text_string(room, plan_is_error(types->plan) ? "application/json" : "text/event-stream");
    plan_text(types->plan, P_TYPE, room);
    *type = text_written(room);
    return room->length > 0 || next_header_type(types, room, type);
}

bool verdict_type(const struct plan *plan, const struct request *request, struct text *type)
{
    struct types types = {plan, request, false, 0};
    size_t start = type->length;
    char decoded[LIMIT_VALUE];
    struct text room = text_in(decoded, sizeof decoded);
    struct span next;
    bool is_given = false;
    while (next_type(&types, &room, &next)) {
        type->length = start;
        text_span(type, next);
        is_given = true;
    }
    return is_given;
}

static bool is_event_stream(const struct plan *plan, const struct request *request)
{
    struct types types = {plan, request, false, 0};
    char decoded[LIMIT_VALUE];
    struct text room = text_in(decoded, sizeof decoded);
    struct span next;
    bool is_it = false;
    while (next_type(&types, &room, &next))
        media_type_take(next, "text/event-stream", &is_it);
    return is_it;
}

/* Of the statuses that redirect (Fetch standard, 2.2.6). */
static bool is_redirect(const struct plan *plan)
{
    uint64_t status = plan_number(plan, P_STATUS);
    bool redirects = (status >= 301 && status <= 303) || status == 307 || status == 308;
    return redirects && plan_has(plan, P_LOCATION);
}

/* It is refused before anything else that the plan has: without its waits, and with a head. */
static bool is_refused(const struct plan *plan)
{
    return plan_wants_no_stream(plan) && !plan_is_error(plan);
}

enum verdict verdict_of(const struct plan *plan, const struct request *request)
{
    if (is_refused(plan))
        return VERDICT_FAILS;
    if (plan_number(plan, P_CUT) == PARAMETERS_WORD)
        return VERDICT_NO_RESPONSE;
    if (is_redirect(plan))
        return VERDICT_FOLLOWS;
    return plan_number(plan, P_STATUS) == 200 && is_event_stream(plan, request) ? VERDICT_READS : VERDICT_FAILS;
}

/* The type names a charset, and it is not UTF-8. */
static bool has_other_charset(const struct plan *plan, const struct request *request)
{
    char room[LIMIT_VALUE];
    struct text type = text_in(room, sizeof room);
    (void)verdict_type(plan, request, &type);
    struct span rest = text_written(&type);
    (void)span_cut(&rest, ';');
    while (rest.at != NULL) {
        struct span value = span_trim(span_cut(&rest, ';'));
        if (span_like(span_cut(&value, '='), "charset"))
            return !span_like(value, "utf-8") && !span_like(value, "\"utf-8\"");
    }
    return false;
}

static enum dispute_about status_dispute(uint64_t status)
{
    if (status >= 500)
        return DISPUTE_SERVER_ERROR;
    return status == 204 ? DISPUTE_NO_CONTENT : DISPUTE_STATUS;
}

unsigned verdict_disputes(const struct plan *plan, const struct request *request)
{
    uint64_t status = is_refused(plan) ? 400 : plan_number(plan, P_STATUS);
    switch (verdict_of(plan, request)) {
    case VERDICT_NO_RESPONSE:
        return 1U << DISPUTE_NO_RESPONSE;
    case VERDICT_FAILS:
        return 1U << (status != 200 ? status_dispute(status) : DISPUTE_TYPE);
    case VERDICT_READS:
        return has_other_charset(plan, request) ? 1U << DISPUTE_CHARSET : 0;
    case VERDICT_FOLLOWS:
        break;
    }
    return 0;
}
