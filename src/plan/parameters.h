/*
 * The parameters of /stream: one table, from which the parser, the refusals, GET /help, the manual's list and the tests
 * come. Pure.
 */
#ifndef PLAN_PARAMETERS_H
#define PLAN_PARAMETERS_H

#include "base/text.h"

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
    P_RAW,
    P_FILL,
    P_LOOP,
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
    P_BY,
    P_KEY,
    P_ATTEMPT,
    PARAMETERS,
};

/* What kind of value it takes. Numbers are kept as numbers, all else as the span it came in, still encoded. */
enum parameter_kind {
    KIND_WHOLE,    /* decimal digits */
    KIND_DURATION, /* "50ms", "2s", "1m", "0.05": ns */
    KIND_BYTES,    /* "512", "64k", "5M": bytes */
    KIND_SHARE,    /* 0 to 1: thousandths */
    KIND_CHOICE,   /* one of some words: its place among them */
    KIND_SPLIT,    /* sizes of writes */
    KIND_LINE,     /* text for a line of the stream: neither CR nor LF */
    KIND_FIELD,    /* text for the head: no control characters but tab */
    KIND_ORIGIN,   /* an origin, or a word for one */
    KIND_HEADER,   /* "Name:value" for the head */
    KIND_REQUIRE,  /* what a request must carry */
    KIND_NAME,     /* [A-Za-z0-9._-]{1,64} */
    KIND_CASE,     /* the name of a case */
    KIND_RAW,      /* any bytes */
};

/* What stands for the one word that a number may be replaced by ("forever", "head"). */
#define VALUE_WORD UINT64_MAX

struct parameter {
    char name[12];
    unsigned char kind;  /* enum parameter_kind */
    bool repeats;        /* may be given several times */
    bool is_same_always; /* takes no attempt in front: it decides which attempt this is */
    uint64_t least, most, fallback;
    const char *words;   /* of a choice, or the one instead of a number: separated by "|"; else NULL */
    const char *accepts; /* "takes ..." */
    const char *help;    /* one line, with its default */
};

extern const struct parameter parameters[PARAMETERS];

/* The value of a parameter: which of the two, its kind tells. */
union value {
    uint64_t number;
    struct span text; /* encoded */
};

/* The parameter of that name, or PARAMETERS. */
enum parameter_name parameters_find(struct span name);

/* Reads an encoded value. False if it is not one that the parameter takes. */
bool parameters_take(enum parameter_name name, struct span encoded, union value *value);

/* The place of a word among those separated by "|", or -1. */
int parameters_word_place(const char *words, struct span word);

/* All of them, for people: what the option -H says, and GET /help behind its list of paths. */
void parameters_help(struct text *text);

#endif
