/* The plan of a connection's request. Fails only if the request's parameters are wrong. */
#include "serve/connection_plan.h"

int connection_plan_make(struct connection *connection)
{
    struct exchange *exchange = &connection->exchange;
    int status = pairs_read(&connection->pairs, exchange->request.query, exchange->content.form, &exchange->refusal);
    return status != 0 ? status : connection_plan_for_attempt(connection, 0);
}

int connection_plan_for_attempt(struct connection *connection, uint64_t attempt)
{
    struct exchange *exchange = &connection->exchange;
    return plan_make(&connection->pairs, &exchange->request, &exchange->content, attempt, &connection->plan,
                     &exchange->refusal);
}

void connection_plan_open(struct connection *connection)
{
    const struct exchange *exchange = &connection->exchange;
    source_open(&connection->source, &connection->plan, &exchange->request, connection->peer, exchange->arrived,
                &connection->cold->pieces);
}
