/*
 * The plan: all that a stream will do, decided before its first byte. Pure: a request in, a plan or a refusal out.
 *
 * A plan holds numbers, and spans of the request that it was made from, still encoded; it holds as long as they do.
 */
#ifndef PLAN_PLAN_H
#define PLAN_PLAN_H

#include "http/request.h"
#include "plan/parameters.h"

/* The parameters as they came: those of the query, then those of a form body, then those of the case that they name. */
struct pairs {
    struct span query, form, of_case;
};

struct plan {
    uint64_t first; /* number of the first message, 1 to 2^63 */
    uint64_t count; /* messages to send; UINT64_MAX: all there are */
    bool counted;   /* `count` was asked for, and is told in X-Expected-Events */

    uint64_t attempt;               /* which attempt of its client this is, from 1 */
    uint64_t given;                 /* a bit for each parameter that holds for this attempt */
    uint64_t overridden;            /* a bit for each whose value is for some attempts, this one among them */
    uint64_t of_case;               /* a bit for each whose value is that of the case */
    struct span body;               /* a body of text/event-stream, sent instead of messages; at == NULL: none */
    struct span last_id;            /* the id that the client has, decoded, empty if none */
    struct pairs pairs;             /* raw and header are taken from here, one after the other */
    union value values[PARAMETERS]; /* of those given */
};

/* What came with a request behind its head. */
struct content {
    struct span form;   /* a form body, empty if there is none */
    struct span stream; /* a body of text/event-stream; at == NULL: there is none */
    char *room;         /* LIMIT_VALUE bytes, for the id that a parameter gives; as long as the plan holds */
};

/*
 * Reads the parameters of the request's query and of the form. Which attempt this is, is `attempt`, or if that is 0
 * what the request tells: its last event id or its cookie. Returns 0, or 400 with what was wrong and what is accepted.
 */
int plan_make(const struct request *request, const struct content *content, uint64_t attempt, struct plan *plan,
              struct refusal *refusal);

bool plan_has(const struct plan *plan, enum parameter_name name);

/* The number of a parameter: what was given, or what the table says. Times are ns. */
uint64_t plan_number(const struct plan *plan, enum parameter_name name);

/* Appends the decoded text of a parameter; nothing if it was not given. */
void plan_text(const struct plan *plan, enum parameter_name name, struct text *text);

/*
 * The next value of a parameter that may be given several times, still encoded, from *rest on, which begins as the
 * plan's pairs. False at the end.
 */
bool plan_next(const struct plan *plan, struct pairs *rest, enum parameter_name name, struct span *value);

/* Hello and messages are sent, and neither pieces nor a body of the caller's. */
bool plan_has_messages(const struct plan *plan);

/* Nothing was asked for but what the original had. */
bool plan_is_plain(const struct plan *plan);

/* The number of the message behind the plan's last; 2^63 if the plan has no end. */
uint64_t plan_end(const struct plan *plan);

#endif
