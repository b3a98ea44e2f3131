/*
 * Streamable HTTP of the Model Context Protocol: answers to the first request of a client, initialize. Its id is put
 * into the response.
 */
#include "cases/api.h"
#include "cases/groups.h"

#define TRANSPORT "https://modelcontextprotocol.io/specification/2025-06-18/basic/transports"
#define RESUMABLE "https://modelcontextprotocol.io/specification/2025-11-25/basic/transports"
#define AUTHORIZATION "https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization"

#define REST(ID)                                                                                                       \
    "\"id\":" ID ",\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"                                \
    "\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}}"
#define RESULT(ID) "{\"jsonrpc\":\"2.0\"," REST(ID)
#define RESPONSE "raw=event:+message%0Adata:+" RESULT("{{id}}") "%0A%0A"
#define MESSAGE(MEMBERS) "raw=event:+message%0Adata:+{\"jsonrpc\":\"2.0\"," MEMBERS "}%0A%0A"
#define NOTIFICATION MESSAGE("\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"a\"}")
#define ERROR(CODE, WHAT) "{\"jsonrpc\":\"2.0\",\"id\":{{id}},\"error\":{\"code\":" CODE ",\"message\":\"" WHAT "\"}}"

/* clang-format off */
const char cases_of_mcp[] = {
    API_CASE("mcp-priming",
        "The first event has an ID and empty data. The client ignores it and reports the result.",
        "sub=1&raw=id:+1%0Adata:+%0A%0A&" RESPONSE,
        "https://github.com/modelcontextprotocol/typescript-sdk/pull/1184")
    API_CASE("mcp-priming-end",
        "The stream ends after an ID and a retry time. The client resumes after 100 ms, with a GET and the ID '1'.",
        "raw=id:+1%0Aretry:+100%0Adata:+%0A%0A",
        RESUMABLE)
    API_CASE("mcp-notification",
        "A notification comes before the response. The client delivers it and reports the result.",
        "sub=1&" NOTIFICATION "&" RESPONSE,
        "https://github.com/simonx1/ruby-mcp-client/pull/158")
    API_CASE("mcp-request",
        "A ping of the server comes before the response. The client answers it and reports the result.",
        "sub=1&" MESSAGE("\"id\":\"p\",\"method\":\"ping\"") "&" RESPONSE,
        "https://github.com/simonx1/ruby-mcp-client/pull/158")
    API_CASE("mcp-split",
        "The response comes in writes of 1, 7 and 30 bytes, in turn. The client reports the result.",
        "sub=1&" RESPONSE "&split=1,7,30",
        API_PARSING)
    API_CASE("mcp-data-lines",
        "The response is in two lines of data. The client reports the result.",
        "sub=1&raw=data:+{\"jsonrpc\":\"2.0\",%0Adata:+" REST("{{id}}") "%0A%0A",
        "https://github.com/profullstack/sh1pt/issues/705")
    API_CASE("mcp-hang",
        "The connection stays open after the response. The client reports the result at once.",
        "sub=1&" RESPONSE "&end=hang",
        "https://github.com/Epistates/turbomcp/pull/21")
    API_CASE("mcp-twice",
        "The response comes twice. The client reports the result once.",
        "sub=1&" RESPONSE "&" RESPONSE,
        TRANSPORT)
    API_CASE("mcp-json",
        "The response is JSON, not a stream. The client reports the result.",
        "sub=1&raw=" RESULT("{{id}}") "&type=application/json",
        TRANSPORT)
};

const char cases_of_mcp_errors[] = {
    API_CASE("mcp-error",
        "The response is an error. The client reports the error.",
        "sub=1&raw=event:+message%0Adata:+" ERROR("-32603", "Sorry") "%0A%0A",
        "https://www.jsonrpc.org/specification")
    API_CASE("mcp-other-id",
        "The response is for another request. The client reports an error, and no result.",
        MESSAGE("\"id\":\"no-such-request\",\"result\":{}"),
        "https://www.jsonrpc.org/specification")
    API_CASE("mcp-end",
        "The stream ends before the response, and has no ID to resume from. The client reports an error.",
        NOTIFICATION,
        TRANSPORT)
    API_CASE("mcp-reset",
        "A reset ends the stream in the middle of the response. The client reports an error.",
        "sub=1&" RESPONSE "&cut=60&end=reset",
        TRANSPORT)
    API_CASE("mcp-empty",
        "No byte follows the head. The client reports an error.",
        "raw=",
        "https://github.com/r33drichards/mcp-js/issues/185")
    API_CASE("mcp-accepted",
        "Status 202 is for notifications, but this is the answer to a request. The client reports an error.",
        "raw=&status=202&type=",
        TRANSPORT)
    API_CASE("mcp-session",
        "Status 404 to a request with a session ID: the session is lost. The client starts a new one with initialize.",
        "sub=1&raw=" ERROR("-32001", "Session+not+found") "&status=404&type=application/json",
        "https://github.com/modelcontextprotocol/python-sdk/issues/1676")
    API_CASE("mcp-unauthorized",
        "Status 401. The client reads the URL in WWW-Authenticate, or reports an error.",
        "raw=&status=401&type=&header=WWW-Authenticate:+Bearer+resource_metadata=\"http://localhost:8080/metadata\"",
        AUTHORIZATION)
    API_CASE("mcp-html",
        "The error page of a proxy. The client reports the error 502, and does not complain about JSON.",
        API_HTML_502,
        TRANSPORT)
};
/* clang-format on */
