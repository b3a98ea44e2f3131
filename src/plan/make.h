/*
 * From the parameters of a request to a plan. Pure.
 */
#ifndef PLAN_MAKE_H
#define PLAN_MAKE_H

#include "plan/plan.h"

/* What arrived after the head of a request. */
struct content {
    struct span form;                /* a form body; empty: none */
    struct span stream;              /* a text/event-stream body; at == NULL: none */
    const struct json_members *json; /* of a JSON body; NULL: none. Must live as long as the plan */
    struct span model;               /* the model in the path, as in a string of JSON; empty: none */
    const struct format *format; /* of the request's path, for messages without the parameter; NULL: the original's */
    bool is_whole;               /* the path is that of an answer that is not streamed */
    uint64_t skipped;            /* events of the format that the client has */
    char *room; /* LIMIT_VALUE bytes for the decoded parameter `lastEventId`; must live as long as the plan */
};

/*
 * Makes the plan for one attempt. If `attempt` is 0, the request decides which attempt it is: by its last event ID or
 * its cookie. Returns 0, or 400 with the parameters that do not go together.
 */
int plan_make(const struct pairs *pairs, const struct request *request, const struct content *content, uint64_t attempt,
              struct plan *plan, struct refusal *refusal);

#endif
