/*
 * Where clients differ from the standard. Pure.
 */
#ifndef EXPECT_DISPUTE_H
#define EXPECT_DISPUTE_H

/* What clients treat differently. If a stream has several, the first one in this order is reported. */
enum dispute_about {
    DISPUTE_NO_RESPONSE,  /* the connection ends before the status line */
    DISPUTE_SERVER_ERROR, /* status 5xx */
    DISPUTE_NO_CONTENT,   /* status 204 */
    DISPUTE_STATUS,       /* any other status that is not 200 */
    DISPUTE_TYPE,         /* not an event stream */
    DISPUTE_CHARSET,      /* not UTF-8 */
    DISPUTE_KEPT_ID,      /* the client came with an ID, and a blank line precedes the first ID */
    DISPUTE_UNFINISHED,   /* no blank line ends the last event */
    DISPUTE_CARRIAGE,     /* the stream ends in CR */
    DISPUTE_BOM,          /* a line begins with a byte-order mark that is not removed */
    DISPUTE_NUL,          /* in an id field */
    DISPUTE_NO_DATA,      /* an event has an ID and no data */
    DISPUTE_ID,           /* the client reconnects with an ID that is not ASCII */
    DISPUTE_RETRY,        /* the reconnection time does not fit in 31 bits */
    DISPUTES,
};

struct dispute {
    const char *what; /* printable ASCII, one line */
    const char *link;
};

/* The first dispute of those whose bits are set; {NULL, NULL}: none. */
struct dispute dispute_of(unsigned abouts);

#endif
