/*
 * A call of one of the suite's handlers: what it is given, and the query of /stream that it writes. Pure.
 *
 * What a client gave in its query is passed on as it came, still encoded; all else is encoded here.
 */
#ifndef WPT_CALL_H
#define WPT_CALL_H

#include "http/refusal.h"
#include "http/request.h"
#include "scoreboard/attempt.h"

struct call {
    const struct request *request;
    const struct attempt *attempts; /* what the journal has under the call's token, oldest first */
    size_t count;                   /* of them */
    struct text *query;             /* of /stream, written by the handler */
    struct refusal *refusal;
};

/* The first value of a parameter, still encoded. False if it was not given; "?query" gives it, with an empty value. */
bool given(const struct call *call, const char *name, struct span *value);

/* The same, or 400 if it was not given; else 0. */
int need(struct call *call, const char *name, struct span *value);

/* The value of the request's field, empty if it did not come. */
struct span came(const struct call *call, const char *name);

/* 400: the parameter takes something else. `accepts` says what. */
int refuse_value(struct call *call, const char *name, const char *accepts);

/*
 * The value of a parameter, decoded, for a name or a number: at most SHORT_VALUE bytes that may stand in a token (RFC
 * 9110, 5.6.2), and one at least. Appends them to `text`. Returns 0 or 400.
 */
enum { SHORT_VALUE = 64 };
int take_token(struct call *call, const char *name, struct span value, struct text *text);

/* The value of a parameter may stand in the head: FIELD_VALUE bytes at most, no control characters. Returns 0 or 400.
 */
enum { FIELD_VALUE = 1024 };
int check_field(struct call *call, const char *name, struct span value);

/* Begins a parameter of /stream; what is added is its value, until the next one begins. */
void begin(struct call *call, const char *name);
void add(struct call *call, const char *string);
void add_bytes(struct call *call, struct span bytes);
void add_encoded(struct call *call, struct span encoded);

/* Adds the value of the call's own parameter, as it came; if it was not given, the string. */
void add_given(struct call *call, const char *name, const char *otherwise);

/* A whole parameter. */
void put(struct call *call, const char *name, const char *value);

#endif
