/* Status and type: what is an event stream at all. */
#include "cases/groups.h"

const char cases_of_heads[] = {
    "type\t"
    "The type may have a parameter: 'x'.\t"
    "raw=data:x%0A%0A&type=text/event-stream;charset%3Dutf-8\n"

    "type-upper-case\t"
    "The type has no case: 'x'.\t"
    "raw=data:x%0A%0A&type=TEXT/Event-Stream\n"

    "type-spaces\t"
    "White space around the semicolon does not matter: 'x'.\t"
    "raw=data:x%0A%0A&type=text/event-stream+;+a%3Db\n"

    "type-charset\t"
    "It is UTF-8 whatever the charset says: U+00E4.\t"
    "raw=data:%C3%A4%0A%0A&type=text/event-stream;charset%3Diso-8859-1\n"

    "type-html\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&type=text/html\n"

    "type-plain\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&type=text/plain\n"

    "type-json\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&type=application/json\n"

    "type-longer\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&type=text/event-streams\n"

    "type-none\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back: there is no Content-Type.\t"
    "raw=data:x%0A%0A&type=\n"

    "status-201\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=201\n"

    "status-204\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=204\n"

    "status-400\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=400\n"

    "status-404\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=404\n"

    "status-500\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=500\n"

    "status-503\t"
    "The connection fails: nothing is dispatched, and an EventSource does not come back.\t"
    "raw=data:x%0A%0A&status=503\n",
};
