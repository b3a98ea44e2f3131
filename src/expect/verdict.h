/*
 * What a client makes of the response, apart from its body (HTML standard, 9.2.3). Pure.
 */
#ifndef EXPECT_VERDICT_H
#define EXPECT_VERDICT_H

#include "plan/plan.h"

enum verdict {
    VERDICT_READS,       /* it reads the body as an event stream */
    VERDICT_FAILS,       /* it fails the connection, because of the status or the type */
    VERDICT_FOLLOWS,     /* it follows a redirect */
    VERDICT_NO_RESPONSE, /* none arrives */
};

enum verdict verdict_of(const struct plan *plan, const struct request *request);

/* Appends the last Content-Type if there are several. False, and appends nothing, if there is none. */
bool verdict_type(const struct plan *plan, const struct request *request, struct text *type);

/* What clients disagree on in the head: a bit for each enum dispute_about. */
unsigned verdict_disputes(const struct plan *plan, const struct request *request);

#endif
