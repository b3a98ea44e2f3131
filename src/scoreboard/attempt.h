/*
 * An attempt as the journal keeps it: what a client sent with a key, and how it was answered. All functions are
 * pure and cannot fail. plan/attempt.h is about something else: which attempt of its client a request is.
 *
 * Sizes are fixed because the shared file holds attempts as they are here. A string that is too long is cut between two
 * characters and ends with an ellipsis (U+2026).
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
    ATTEMPT_END_STOPPED, /* the server got SIGTERM or SIGINT */
    ATTEMPT_ENDS,
};

/* How an attempt ended. While it runs, only bytes, events and closed_after may be known. */
struct outcome {
    uint64_t bytes, events; /* sent in the body, so far */
    int64_t duration;       /* ns; -1 while the attempt runs */
    int64_t closed_after;   /* ns from the arrival until the client closed or ended its sending side; 0: not known */
    int32_t status;         /* 0: none was sent, or the attempt runs */
    enum attempt_end end;
};

/* Where the journal has an attempt. */
struct journal_entry {
    uint64_t ticket; /* 0: nowhere */
    uint32_t place;
};

struct attempt {
    uint64_t ticket;      /* the journal's: a later attempt has a larger one */
    uint64_t number;      /* counted per key and method, from 1; 0: a preflight, which is not counted */
    int64_t arrived;      /* realtime, ns */
    int64_t since_before; /* ns since the previous attempt with this key and method began; -1: there was none */
    uint64_t body_size;   /* of the request's body, bytes */
    struct outcome outcome;
    uint32_t body_crc32;
    uint32_t came; /* bit N: enum attempt_field N was in the request */
    char key[LIMIT_KEY];
    char method[LIMIT_METHOD], target[216];
    char accept[80], cache_control[48], last_event_id[128], origin[96], content_type[64], user_agent[128],
        authorization[24], asked_fields[48];
    uint16_t fields_size, body_kept, target_size; /* bytes in the attempt's details: see details.h */
    uint16_t unused;
};

/* A key has 1 to LIMIT_KEY_LENGTH bytes: letters, digits, ".", "_" and "-". */
bool attempt_is_key(struct span span);

/* Copies a string to `room` of `size` bytes, with a NUL. One that is too long is cut, as above. */
void attempt_put(char *room, size_t size, struct span span);

/* Starts a running attempt without body, header fields and details. The key satisfies attempt_is_key(). */
void attempt_start(struct attempt *attempt, struct span key, struct span method, struct span target);

/*
 * Stores the value of a header field. If a field comes twice, the last value stays. Of Authorization only the scheme is
 * stored (RFC 9110, 11.4). Without a space after it nothing is: the value may be a secret sent without a scheme.
 */
void attempt_take_field(struct attempt *attempt, enum attempt_field field, struct span value);

/* Sets *value to the stored value, which points into *attempt. False if the field was not in the request. */
bool attempt_field(const struct attempt *attempt, enum attempt_field field, struct span *value);

/*
 * Makes an attempt from the shared file safe to use, since other processes may have written to it: terminates every
 * string, brings every number into its range and resets the outcome of a running attempt, except for closed_after.
 * Returns false if the key or the end is invalid.
 */
bool attempt_mend(struct attempt *attempt);

#endif
