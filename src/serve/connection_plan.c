/* From a connection to its plan and source: where each of their parts is. What fails is the plan's, and is told. */
#include "serve/connection_plan.h"

int connection_plan_make(struct connection *connection, uint64_t attempt)
{
    struct exchange *exchange = &connection->exchange;
    return plan_make(&exchange->request, &exchange->content, attempt, &connection->plan, &exchange->refusal);
}

void connection_plan_open(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    source_open(&connection->source, &connection->plan, &exchange->request, connection->peer, exchange->arrived,
                &connection->cold->pieces);
}
