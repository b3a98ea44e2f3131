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
    bool closes;     /* it says that the connection ends with it, or is framed so */
    bool bodiless;   /* it announces a body that does not follow, as an answer to HEAD may */
    bool unfinished; /* the output ends before it does */
    struct span body;
};

/*
 * Takes the next response off the front of *rest. False at the end. Ends the process at anything that is no HTTP: a
 * field that is malformed or given twice, two framings, a body that is not as long as it says.
 */
bool next_answer(struct span *rest, struct answer *answer);

#endif
