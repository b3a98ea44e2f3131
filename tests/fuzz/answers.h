/*
 * A strict reader of the server's responses. It knows HTTP and nothing about the code under test.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "base/span.h"

/* One response. Interim responses (1xx) are skipped. */
struct answer {
    int status;
    int minor;        /* 0: HTTP/1.0, 1: HTTP/1.1 */
    bool closes;      /* the connection ends after it */
    bool bodiless;    /* it announces a body that does not follow, for example to HEAD */
    bool unfinished;  /* the output ends inside it */
    struct span type; /* Content-Type; at == NULL: none */
    struct span body;
};

/* What the request permits. All false: an ordinary response. */
struct asked {
    bool is_head;    /* no body follows */
    bool is_unread;  /* the method is unknown: guess whether a body follows */
    bool owns_head;  /* the request sets the status, the phrase and all fields except the framing */
    bool breaks_off; /* the request asks for a broken body: it may be anything, and the connection ends */
};

/*
 * Takes the next response off the front of *rest. Returns false at the end. Aborts the process if the response is not
 * valid HTTP: a control character, a malformed or repeated field, two framings, or a body of the wrong length.
 */
bool next_answer(struct span *rest, const struct asked *asked, struct answer *answer);

#endif
