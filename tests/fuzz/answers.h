/*
 * A reader of what the server sent, as strict as a client may be: it knows HTTP and nothing of the code that wrote it.
 */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "base/span.h"

/* One response, interim ones (1xx) left out. */
struct answer {
    int status;
    int minor;
    bool closes;      /* it says that the connection ends with it, or is framed so */
    bool bodiless;    /* it announces a body that does not follow, as an answer to HEAD may */
    bool unfinished;  /* the output ends before it does */
    struct span type; /* Content-Type; its address is NULL if there is none */
    struct span body;
};

/* What the request lets its answer be. All false: what any server would answer. */
struct asked {
    bool is_head;    /* a body is announced and does not follow */
    bool is_unread;  /* whether that is so is not known, and guessed */
    bool owns_head;  /* status, reason and fields are the caller's, but for those that frame the body */
    bool breaks_off; /* the body may be anything, and the connection ends with it */
};

/*
 * Takes the next response off the front of *rest. False at the end. Ends the process at anything that is no HTTP: a
 * control character, a field that is malformed or given twice, two framings, a body that is not as long as it says.
 */
bool next_answer(struct span *rest, const struct asked *asked, struct answer *answer);

#endif
