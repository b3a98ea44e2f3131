/*
 * The fields that a plan adds to the head of a response or of a preflight response. Pure.
 */
#ifndef PLAN_RESPONSE_FIELDS_H
#define PLAN_RESPONSE_FIELDS_H

#include "plan/plan.h"

/* The plan has CORS parameters: then plan_fields() writes all CORS fields. */
bool plan_has_own_cors(const struct plan *plan);

/*
 * Appends the fields, each with its CR LF: CORS, Location, the caller's own, the cookie that counts attempts,
 * Content-Encoding, the seed if the request has none, and those that confine a response of the caller's making.
 */
void plan_fields(struct text *text, const struct plan *plan, const struct request *request, uint64_t seed);

/* The client is a page of another origin, and the plan does not keep the response from all of them (`cors=none`). */
bool plan_is_exposed(const struct plan *plan, const struct request *request);

/*
 * Appends the names of the fields of plan_fields() that such a page may read, with ", " between them: the seed and the
 * caller's own. Set-Cookie is left out, because no page may read it (Fetch standard, 2.2.2).
 */
void plan_exposed_names(struct text *text, const struct plan *plan);

/* Appends the CORS fields of a preflight response. */
void plan_preflight_fields(struct text *text, const struct plan *plan, const struct request *request);

/* Some waits or writes of the stream are random. */
bool plan_is_random(const struct plan *plan);

/*
 * Refuses a request that does not carry what the parameter `require` asks for. Returns 0, or 401 with the reason, which
 * names the kind of what is missing, and a cookie or field, and shows no value.
 */
int plan_check_required(const struct plan *plan, const struct request *request, struct refusal *refusal);

/* Appends the fields of an error that the parameters ask for: CORS and the cookie that counts attempts. */
void plan_error_fields(struct text *text, const struct plan *plan, const struct request *request);

/*
 * Refuses a request with the field that the parameter `forbid` names. Returns 0, or 400 with the reason, which shows
 * the name and not the value.
 */
int plan_check_forbidden(const struct plan *plan, const struct request *request, struct refusal *refusal);

/*
 * Appends the fields of a 401 response: CORS, the cookie that counts attempts, and WWW-Authenticate. A required cookie
 * has no challenge. The one of a required field names it: RFC 9110, 15.5.2 asks for a challenge, but no scheme is
 * registered for such fields.
 */
void plan_challenge_fields(struct text *text, const struct plan *plan, const struct request *request);

#endif
