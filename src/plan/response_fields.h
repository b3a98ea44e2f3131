/*
 * What a plan adds to the head of its response, and to that of a preflight. Pure.
 */
#ifndef PLAN_RESPONSE_FIELDS_H
#define PLAN_RESPONSE_FIELDS_H

#include "plan/plan.h"

/* The plan says what other origins may do; then its fields hold all that is told about that. */
bool plan_has_own_cors(const struct plan *plan);

/*
 * Writes the fields, each with its CR LF: for other origins, Location, those of the caller's, the cookie that counts
 * attempts, the seed if it was not given, and what keeps a page of the caller's making harmless.
 */
void plan_fields(struct text *text, const struct plan *plan, const struct request *request, uint64_t seed);

/* The same, of the answer to a preflight. */
void plan_preflight_fields(struct text *text, const struct plan *plan, const struct request *request);

/* Something about the stream is random. */
bool plan_is_random(const struct plan *plan);

/* The request carries what `require` asks for, or nothing is asked. */
bool plan_is_satisfied(const struct plan *plan, const struct request *request);

/*
 * The same, of a 401: for other origins, the cookie that counts attempts, since this was one, and WWW-Authenticate, of
 * which there is none for a cookie.
 */
void plan_challenge_fields(struct text *text, const struct plan *plan, const struct request *request);

#endif
