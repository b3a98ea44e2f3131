/*
 * An entry of the journal: an attempt, what a client sent with a key, and how it was answered. Pure; nothing here
 * fails.
 *
 * All of it has a fixed size, for it stands in the shared file. A string that is longer than its room is cut, between
 * two characters, and ends with an ellipsis (U+2026).
 */
#ifndef SCOREBOARD_ATTEMPT_H
#define SCOREBOARD_ATTEMPT_H

#include "base/limits.h"
#include "base/span.h"

/* The header fields that an attempt keeps. attempt_fields describes each. */
enum attempt_field {
    ATTEMPT_FIELD_ACCEPT,
    ATTEMPT_FIELD_CACHE_CONTROL,
    ATTEMPT_FIELD_LAST_EVENT_ID,
    ATTEMPT_FIELD_ORIGIN,
    ATTEMPT_FIELD_CONTENT_TYPE,
    ATTEMPT_FIELD_USER_AGENT,
    ATTEMPT_FIELD_AUTHORIZATION, /* only the scheme: a secret never gets into the file */
    ATTEMPT_FIELD_ASKED_FIELDS,
    ATTEMPT_FIELDS,
};

extern const struct attempt_field_kept {
    const char *name, *json_name; /* in the request, and in /log */
    size_t offset, size;          /* of the value in struct attempt; its NUL included */
} attempt_fields[ATTEMPT_FIELDS];

enum attempt_end {
    ATTEMPT_END_RUNNING, /* or its process died */
    ATTEMPT_END_SERVED,
    ATTEMPT_END_CLIENT_CLOSED,
    ATTEMPT_END_CLIENT_RESET,
    ATTEMPT_END_WRITE_TIMED_OUT,
    ATTEMPT_END_STOPPED, /* the server was told to stop */
    ATTEMPT_ENDS,
};

/* What is known when it is over. */
struct outcome {
    uint64_t bytes, events; /* sent, of the body */
    int64_t duration;       /* ns; -1 while it runs */
    int32_t status;         /* 0: none was sent, or it runs */
    enum attempt_end end;
};

struct attempt {
    uint64_t number;      /* under its key, from 1 on */
    int64_t arrived;      /* realtime, ns */
    int64_t since_before; /* ns since the attempt before it under its key began, -1: there was none */
    uint64_t body_size;   /* of the request's body */
    struct outcome outcome;
    uint32_t body_crc32;
    uint32_t came; /* a bit for each attempt_field */
    char key[LIMIT_KEY];
    char method[16], target[240];
    char accept[80], cache_control[48], last_event_id[128], origin[96], content_type[64], user_agent[128],
        authorization[24], asked_fields[48];
};

/* A key is 1 to 64 of letters, digits, ".", "_" and "-". */
bool attempt_is_key(struct span span);

/* An attempt that runs, of this key (one that attempt_is_key()), without a body and without header fields. */
void attempt_start(struct attempt *attempt, struct span key, struct span method, struct span target);

/*
 * A header field came with this value; of the same name's, the latest stays. Of Authorization, the scheme is kept (RFC
 * 9110, 11.4), and nothing if no space follows it: that may be a secret that somebody sent without one.
 */
void attempt_take_field(struct attempt *attempt, enum attempt_field field, struct span value);

/* The value of a field as it was kept. False if it did not come. */
bool attempt_field(const struct attempt *attempt, enum attempt_field field, struct span *value);

/*
 * For an attempt out of a file that others may have written to: every string ends within its room from here on, every
 * number is in its range, and nothing is told of the outcome before the end. False if it is none: no key, no end that
 * there is.
 */
bool attempt_mend(struct attempt *attempt);

#endif
