/* The kinds of values that parameters take. */
#ifndef PLAN_KIND_H
#define PLAN_KIND_H

/* Kinds before KIND_SPLIT are stored as numbers. The others are stored as the span that arrived, still encoded. */
enum parameter_kind {
    KIND_WHOLE,      /* decimal digits */
    KIND_DURATION,   /* "50ms", "2s", "1m", "0.05": stored in ns */
    KIND_BYTES,      /* "512", "64k", "5M": stored in bytes */
    KIND_SHARE,      /* 0 to 1: stored in thousandths */
    KIND_CHOICE,     /* one of several words: stored as its index */
    KIND_SPLIT,      /* sizes of writes: a list */
    KIND_WAITS,      /* durations: a list */
    KIND_LINE,       /* text for a line of the stream: no CR, no LF */
    KIND_FIELD,      /* text for the head: no control characters except tab */
    KIND_ORIGIN,     /* an origin, or a word for one */
    KIND_HEADER,     /* "Name:value" for the head */
    KIND_FIELD_NAME, /* the name of a header field */
    KIND_REQUIRE,    /* what a request must carry */
    KIND_FIELDS,     /* "Name,Name": fields of the request that may be shown */
    KIND_NAME,       /* [A-Za-z0-9._-]{1,64} */
    KIND_CASE,       /* the name of a case */
    KIND_RAW,        /* any bytes */
};

#endif
