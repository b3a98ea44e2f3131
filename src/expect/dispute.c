/* The table of disputes. Nothing fails. tests/interop/known lists the clients that each line is about. */
#include "expect/dispute.h"

#define HTML "https://html.spec.whatwg.org/multipage/server-sent-events.html"
#define PROCESSING HTML "#sse-processing-model"
#define INTERPRETING HTML "#event-stream-interpretation"

static const struct dispute disputes[DISPUTES] = {
    [DISPUTE_NO_RESPONSE] = {"The standard reconnects after a network error, but allows a client to give up.",
                             "https://github.com/whatwg/html/pull/226"},
    [DISPUTE_SERVER_ERROR] = {"An EventSource gives up after a status of 5xx. Several libraries reconnect.",
                              "https://github.com/EventSource/eventsource/issues/60"},
    [DISPUTE_NO_CONTENT] = {"An EventSource gives up after a status of 204. Some libraries reconnect.", PROCESSING},
    [DISPUTE_STATUS] = {"An EventSource gives up after any status other than 200. Several libraries read the stream, "
                        "or reconnect.",
                        PROCESSING},
    [DISPUTE_TYPE] = {"An EventSource gives up if the type is not text/event-stream. Several libraries read the "
                      "stream, or reconnect.",
                      PROCESSING},
    [DISPUTE_CHARSET] = {"The standard always decodes UTF-8. Chromium refuses another charset, and some libraries use "
                         "it.",
                         INTERPRETING},
    [DISPUTE_KEPT_ID] = {"In the standard, the ID of the previous stream is lost at the first blank line without an "
                         "ID. Browsers keep it.",
                         INTERPRETING},
    [DISPUTE_UNFINISHED] = {"The standard discards an event that no blank line ends. Some libraries dispatch it.",
                            INTERPRETING},
    [DISPUTE_CARRIAGE] = {"In the standard, CR ends a line even if nothing follows. Some libraries wait for the next "
                          "byte and lose the event.",
                          INTERPRETING},
    [DISPUTE_BOM] = {"The standard removes one byte-order mark, at the start. Some libraries remove more.",
                     INTERPRETING},
    [DISPUTE_NUL] = {"The standard ignores an ID with NUL. Some libraries keep it, or take it for an empty one.",
                     INTERPRETING},
    [DISPUTE_NO_DATA] = {"In the standard, an ID counts even if the event has no data. Some libraries ignore it.",
                         INTERPRETING},
    [DISPUTE_ID] = {"The standard sends an ID as UTF-8. Several libraries cannot send one that is not Latin-1, and do "
                    "not reconnect.",
                    HTML "#the-last-event-id-header"},
    [DISPUTE_RETRY] = {"The standard has no maximum for retry. Several libraries reconnect at once, and Chromium "
                       "ignores the field, if the number is too large.",
                       INTERPRETING},
};

struct dispute dispute_of(unsigned abouts)
{
    for (enum dispute_about i = 0; i < DISPUTES; i++)
        if ((abouts >> i & 1) != 0)
            return disputes[i];
    return (struct dispute){0};
}
