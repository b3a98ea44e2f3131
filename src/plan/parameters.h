/*
 * The parameters of /stream. One table serves the parser, the error messages, GET /help, the manual's list and the
 * tests. Pure.
 */
#ifndef PLAN_PARAMETERS_H
#define PLAN_PARAMETERS_H

#include "base/limits.h"
#include "base/text.h"
#include "plan/kind.h"

/* In the order of the table, and of the help. */
enum parameter_name {
    P_COUNT,
    P_INTERVAL,
    P_SIZE,
    P_EVENT,
    P_RETRY,
    P_EOL,
    P_BOM,
    P_RESUME,
    P_LAST_EVENT_ID,
    P_TIME,
    P_FORMAT,
    P_FINISH,
    P_ERROR_AFTER,
    P_RAW,
    P_FILL,
    P_LOOP,
    P_SUB,
    P_CASE,
    P_ECHO,
    P_DELAY,
    P_PAUSE,
    P_SPLIT,
    P_GAP,
    P_JITTER,
    P_SEED,
    P_HEARTBEAT,
    P_FRAMING,
    P_CHUNK,
    P_ENCODING,
    P_BUFFER,
    P_CUT,
    P_END,
    P_STATUS,
    P_REASON,
    P_TYPE,
    P_HEADER,
    P_LOCATION,
    P_CORS,
    P_CREDENTIALS,
    P_PREFLIGHT,
    P_REQUIRE,
    P_FORBID,
    P_BY,
    P_KEY,
    P_ATTEMPT,
    P_LOG,
    PARAMETERS,
};

/* The number that stands for the word a number parameter also accepts ("forever", "head"). */
#define PARAMETERS_WORD UINT64_MAX

struct parameter {
    char name[12];
    unsigned char kind;  /* enum parameter_kind */
    bool repeats;        /* can be given several times */
    bool is_same_always; /* takes no prefix: it decides which attempt this is, or the record of it */
    uint64_t least, most, fallback;
    const char *words;   /* of a choice, separated by "|"; or the word a number parameter also accepts; or NULL */
    const char *accepts; /* completes "the parameter takes ..." */
    const char *help;    /* one or two sentences, with the default */
};

extern const struct parameter parameters[PARAMETERS];

/* The value of a parameter. Its kind decides which member it is. */
union value {
    uint64_t number;
    struct span text; /* encoded */
};

/* The parameter of that name, or PARAMETERS if there is none. */
enum parameter_name parameters_find(struct span name);

/* Reads an encoded value. False if the parameter does not take it. */
bool parameters_take(enum parameter_name name, struct span encoded, union value *value);

/* The index of a word among those separated by "|", or -1. */
int parameters_word_place(const char *words, struct span word);

/* Appends all parameters as text for people: the output of -H, and of GET /help after the paths. */
void parameters_help(struct text *text);

#endif
