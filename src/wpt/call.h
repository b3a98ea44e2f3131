/*
 * A call of one handler: the request, and the query of /stream that the handler writes. Pure.
 *
 * A parameter's value is passed on as the client encoded it. Everything else is encoded here. If the query does not fit
 * into its text, the text is truncated; handlers_run() checks that.
 */
#ifndef WPT_CALL_H
#define WPT_CALL_H

#include "http/refusal.h"
#include "http/request.h"
#include "scoreboard/attempt.h"

struct call {
    const struct request *request;
    struct text *query;       /* of /stream */
    struct refusal *refusal;  /* the reason, after a function has returned 400 or 431 */
    struct attempt preflight; /* the latest one with the call's token; only if there was one */
    bool had_preflight;
    uint64_t open_streams; /* with the call's token */
};

/* Notes an attempt of the journal with the call's token. Call it for each of them, oldest first. */
void call_note_earlier(struct call *call, const struct attempt *attempt);

/*
 * The first value of a parameter, still encoded. Returns false, with an empty value, if it was not given. "?query"
 * gives an empty value.
 */
bool call_parameter(const struct call *call, const char *name, struct span *value);

/* The same for a parameter that the handler needs. Returns 0, or 400 if it was not given. */
int call_require(struct call *call, const char *name, struct span *value);

/*
 * The value as integer_parse() reads it. Returns false if it was not given, or is no integer, or is longer than
 * CALL_FIELD_MAX.
 */
bool call_integer(const struct call *call, const char *name, int64_t *number);

/* The value of a header field of the request. If there is none, the span is empty and its address is NULL. */
struct span call_header(const struct call *call, const char *name);

/* Refuses the value of a parameter. `accepts` completes "parameter "name" takes ...". Returns 400. */
int call_refuse(struct call *call, const char *name, const char *accepts);

/*
 * Decodes a value and appends it to `text`. It must be 1 to CALL_TOKEN_MAX bytes that are allowed in a token (RFC 9110,
 * 5.6.2). Returns 0 or 400.
 */
enum { CALL_TOKEN_MAX = 64 };
int call_take_token(struct call *call, const char *name, struct span value, struct text *text);

/*
 * Checks that a value is fit for a header field: decoded, at most CALL_FIELD_MAX bytes, no control characters except
 * tabs. Returns 0 or 400.
 */
enum { CALL_FIELD_MAX = 1024 };
int call_check_field(struct call *call, const char *name, struct span value);

/* Begins a parameter of /stream. Everything that is added until the next one is its value. */
void call_begin(struct call *call, const char *name);
void call_add(struct call *call, const char *string);
void call_add_bytes(struct call *call, struct span bytes);
void call_add_encoded(struct call *call, struct span encoded);

/* Adds the value of the call's own parameter, or the string `otherwise` if it was not given. */
void call_add_parameter(struct call *call, const char *name, const char *otherwise);

/* Writes the parameter `status`. /stream checks its range; a negative number becomes 0, which it refuses. */
void call_put_status(struct call *call, int64_t status);

/* Writes a whole parameter of /stream. */
void call_put(struct call *call, const char *name, const char *value);

#endif
