/* Status and Content-Type: which responses are event streams. */
#include "cases/groups.h"

const char cases_of_heads[] = {
    "type\tThe type may have a parameter. The client dispatches only 'x'.\t"
    "raw=data:x%0A%0A&type=text/event-stream;charset%3Dutf-8\n"

    "type-upper-case\tThe type is case-insensitive. The client dispatches only 'x'.\t"
    "raw=data:x%0A%0A&type=TEXT/Event-Stream\n"

    "type-spaces\tSpaces around the semicolon do not matter. The client dispatches only 'x'.\t"
    "raw=data:x%0A%0A&type=text/event-stream+;+a%3Db\n"

    "type-charset\tThe client ignores the charset: the encoding is always UTF-8. The data is U+00E4.\t"
    "raw=data:%C3%A4%0A%0A&type=text/event-stream;charset%3Diso-8859-1\n"

    "type-html\t"
    "The connection fails because of the type. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&type=text/html\n"

    "type-plain\t"
    "The connection fails because of the type. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&type=text/plain\n"

    "type-json\t"
    "The connection fails because of the type. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&type=application/json\n"

    "type-longer\t"
    "The connection fails because of the type. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&type=text/event-streams\n"

    "type-none\t"
    "The connection fails without Content-Type. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&type=\n"

    "status-201\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=201\n"

    "status-204\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=204\n"

    "status-400\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=400\n"

    "status-404\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=404\n"

    "status-500\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=500\n"

    "status-503\t"
    "The connection fails because of the status. The client dispatches nothing. An EventSource does not reconnect.\t"
    "raw=data:x%0A%0A&status=503\n",
};
