/*
 * The head decides what becomes of a connection. Credentials and CORS are left out: the client is assumed to be
 * admitted. Nothing fails.
 */
#include "expect/verdict.h"

#include "expect/dispute.h"
#include "http/form.h"
#include "http/media_type.h"

/* If there are several Content-Type fields, a client uses the last one (Fetch standard, 2.2.6). */
bool verdict_type(const struct plan *plan, struct text *type)
{
    unsigned index = 0;
    size_t start = type->length;
    struct span encoded;
    if (!plan_has(plan, P_TYPE))
        text_string(type, "text/event-stream");
    plan_text(plan, P_TYPE, type);
    bool is_given = type->length > start;
    while (plan_has(plan, P_HEADER) && plan_next(plan, &index, P_HEADER, &encoded)) {
        char room[LIMIT_VALUE];
        struct text header = text_in(room, sizeof room);
        form_decode(&header, encoded);
        struct span value = text_written(&header);
        if (!span_like(span_cut(&value, ':'), "Content-Type"))
            continue;
        type->length = start;
        text_span(type, span_trim(value));
        is_given = true;
    }
    return is_given;
}

static bool is_event_stream(const struct plan *plan)
{
    char room[LIMIT_VALUE];
    struct text type = text_in(room, sizeof room);
    (void)verdict_type(plan, &type);
    return media_type_is(text_written(&type), "text/event-stream");
}

/* Of the statuses that redirect (Fetch standard, 2.2.6). */
static bool is_redirect(const struct plan *plan)
{
    uint64_t status = plan_number(plan, P_STATUS);
    bool redirects = (status >= 301 && status <= 303) || status == 307 || status == 308;
    return redirects && plan_has(plan, P_LOCATION);
}

enum verdict verdict_of(const struct plan *plan)
{
    if (plan_number(plan, P_CUT) == PARAMETERS_WORD)
        return VERDICT_NO_RESPONSE;
    if (is_redirect(plan))
        return VERDICT_FOLLOWS;
    return plan_number(plan, P_STATUS) == 200 && is_event_stream(plan) ? VERDICT_READS : VERDICT_FAILS;
}

/* The type names a charset, and it is not UTF-8. */
static bool has_other_charset(const struct plan *plan)
{
    char room[LIMIT_VALUE];
    struct text type = text_in(room, sizeof room);
    (void)verdict_type(plan, &type);
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

unsigned verdict_disputes(const struct plan *plan)
{
    uint64_t status = plan_number(plan, P_STATUS);
    switch (verdict_of(plan)) {
    case VERDICT_NO_RESPONSE:
        return 1U << DISPUTE_NO_RESPONSE;
    case VERDICT_FAILS:
        return 1U << (status != 200 ? status_dispute(status) : DISPUTE_TYPE);
    case VERDICT_READS:
        return has_other_charset(plan) ? 1U << DISPUTE_CHARSET : 0;
    case VERDICT_FOLLOWS:
        break;
    }
    return 0;
}
