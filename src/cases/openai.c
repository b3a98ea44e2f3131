/* Chat completions of OpenAI, and of the many servers that imitate them. */
#include "cases/api.h"
#include "cases/groups.h"

#define STREAMING "https://platform.openai.com/docs/api-reference/chat-streaming"
#define ERRORS "https://platform.openai.com/docs/guides/error-codes"

#define OPEN "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":["
#define DATA(DELTA, REASON) OPEN "{\"index\":0,\"delta\":{" DELTA "},\"finish_reason\":" REASON "}]}"
#define CHUNK(DELTA) "raw=data:+" DATA(DELTA, "null") "%0A%0A"
#define ROLE "\"role\":\"assistant\"," /* some clients insist on it */
#define CONTENT(TEXT) ROLE "\"content\":\"" TEXT "\""
#define STOP "raw=data:+" DATA("", "\"stop\"") "%0A%0A"
#define DONE "raw=data:+[DONE]%0A%0A"
#define TOOL(FUNCTION) CHUNK(ROLE "\"tool_calls\":[{\"index\":0," FUNCTION "}]")
#define SORRY "\"message\":\"Sorry\",\"type\":\"server_error\",\"param\":null,\"code\":null"

/* clang-format off */
const char cases_of_openai_ends[] = {
    API_CASE("openai-no-finish-reason",
        "The stream ends without a finish_reason and without [DONE]. The client reports an incomplete answer.",
        "format=openai-chat&count=3&interval=20ms&finish=no",
        "https://github.com/pydantic/pydantic-ai/issues/6610")
    API_CASE("openai-no-done",
        "The answer has a finish_reason, but no [DONE]. The client reports the answer 'ab'.",
        CHUNK(CONTENT("a")) "&" CHUNK(CONTENT("b")) "&" STOP,
        STREAMING)
    API_CASE("openai-done-hang",
        "The connection stays open after [DONE]. The client reports the whole answer at once.",
        "format=openai-chat&count=3&interval=20ms&end=hang",
        "https://github.com/ltmoerdani/opencode-copilot-chat/pull/170")
    API_CASE("openai-done-twice",
        "[DONE] comes twice. The client reports the answer 'a' once.",
        CHUNK(CONTENT("a")) "&" STOP "&" DONE "&" DONE,
        STREAMING)
    API_CASE("openai-no-blank-line",
        "One LF ends the body after [DONE]. The client reports the answer 'a'.",
        CHUNK(CONTENT("a")) "&" STOP "&raw=data:+[DONE]%0A",
        API_PARSING)
    API_CASE("openai-reset",
        "A reset ends the stream in the middle of a delta. The client reports an incomplete answer.",
        "format=openai-chat&count=3&interval=20ms&cut=700&end=reset",
        API_INCOMPLETE)
    API_CASE("openai-empty",
        "No byte follows the head. The client reports an incomplete answer.",
        "raw=",
        STREAMING)
};

const char cases_of_openai_errors[] = {
    API_CASE("openai-error",
        "An error follows two deltas. The client reports the error.",
        "format=openai-chat&errorAfter=2&interval=20ms",
        "https://github.com/BerriAI/litellm/issues/40578")
    API_CASE("openai-error-event",
        "An event of type 'error' follows a delta. The client reports the error.",
        CHUNK(CONTENT("a")) "&raw=event:+error%0Adata:+{\"error\":{" SORRY "}}%0A%0A",
        "https://github.com/foundation-model-stack/fms-guardrails-orchestrator/pull/436")
    API_CASE("openai-error-vllm",
        "The error has no 'error' member, and [DONE] follows. The client reports the error.",
        CHUNK(CONTENT("a")) "&raw=data:+{\"object\":\"error\"," SORRY "}%0A%0A&" DONE,
        "https://github.com/foundation-model-stack/fms-guardrails-orchestrator/pull/436")
    API_CASE("openai-error-openrouter",
        "The error is in a chunk with a finish_reason of 'error'. The client reports the error.",
        CHUNK(CONTENT("a")) "&raw=data:+{\"error\":{\"code\":502,\"message\":\"Sorry\"},"
        "\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
        "\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}%0A%0A&" DONE,
        "https://openrouter.ai/docs/api/reference/streaming")
    API_CASE("openai-error-first",
        "An error is the first event, and [DONE] follows. The client reports the error.",
        "raw=data:+{\"error\":{" SORRY "}}%0A%0A&" DONE,
        "https://github.com/vllm-project/vllm/pull/40986")
    API_CASE("openai-error-json",
        "Status 200, but the body is an error in JSON, not a stream. The client reports the error.",
        "raw={\"error\":{" SORRY "}}&type=application/json",
        ERRORS)
    API_CASE("openai-retry-after",
        "Status 429 with Retry-After. The client waits at least 1 s before it tries again, and reports the error.",
        "format=openai-chat&count=0&status=429&header=Retry-After:+1",
        API_RETRY_AFTER)
    API_CASE("openai-retry-after-ms",
        "Status 429. The client waits 300 ms, not 10 s, before it tries again, and reports the error.",
        "format=openai-chat&count=0&status=429&header=Retry-After:+10&header=retry-after-ms:+300",
        "https://github.com/productdevbook/misina/issues/61")
    API_CASE("openai-html",
        "The error page of a proxy. The client reports the error 502, and does not complain about JSON.",
        API_HTML_502,
        ERRORS)
};

const char cases_of_openai_events[] = {
    API_CASE("openai-usage",
        "The last chunk has a usage and no choices. The client reports the whole answer.",
        "format=openai-chat&count=1&interval=0",
        STREAMING)
    API_CASE("openai-comments",
        "Comments precede the answer. The client ignores them and reports the answer 'a'.",
        "raw=:+OPENROUTER+PROCESSING%0A%0A&raw=:+OPENROUTER+PROCESSING%0A%0A&" CHUNK(CONTENT("a")) "&" STOP "&" DONE,
        "https://github.com/openai/openai-go/issues/227")
    API_CASE("openai-slow",
        "For 35 s, only comments come. The client waits and reports the whole answer.",
        "format=openai-chat&count=1&interval=35s,20ms&heartbeat=5s",
        "https://openrouter.ai/docs/api/reference/streaming")
    API_CASE("openai-unknown",
        "Members and an event that the client does not know. It ignores them and reports the answer 'a'.",
        CHUNK(CONTENT("a") ",\"x\":{\"y\":[1]}") "&raw=event:+x%0Adata:+{\"object\":\"x\",\"choices\":[]}%0A%0A&" STOP
        "&" DONE,
        STREAMING)
    API_CASE("openai-reasoning",
        "The reasoning comes before the answer. The client reports the answer 'b' without the reasoning.",
        CHUNK(ROLE "\"content\":null,\"reasoning_content\":\"a\"") "&" CHUNK(CONTENT("b")) "&" STOP "&" DONE,
        "https://api-docs.deepseek.com/guides/reasoning_model")
    API_CASE("openai-tool-call",
        "Two deltas share an emoji in the arguments. The client reports the arguments {\"e\":\"U+1F600\"}.",
        TOOL("\"id\":\"t\",\"type\":\"function\","
        "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"e\\\":\\\"\\\\ud83d\"}")
        "&" TOOL("\"function\":{\"arguments\":\"\\\\ude00\\\"}\"}") "&raw=data:+" DATA("", "\"tool_calls\"")
        "%0A%0A&" DONE,
        API_SURROGATES)
};

const char cases_of_openai_ways[] = {
    API_CASE("openai-no-space",
        "No space follows 'data:'. The client reports the answer 'a'.",
        "raw=data:" DATA(CONTENT("a"), "null") "%0A%0A&raw=data:" DATA("", "\"stop\"") "%0A%0A&raw=data:[DONE]%0A%0A",
        API_PARSING)
    API_CASE("openai-retry-field",
        "A retry field and an ID are before the data. The client ignores them and reports the answer 'a'.",
        "raw=retry:+3000%0Aid:+1%0Adata:+" DATA(CONTENT("a"), "null") "%0A%0A&" STOP "&" DONE,
        API_PARSING)
    API_CASE("openai-crlf",
        "CR and LF come in two writes. The client reports the whole answer.",
        "format=openai-chat&count=2&interval=0&eol=crlf&split=1",
        API_PARSING)
    API_CASE("openai-emoji",
        "Each of the four bytes of an emoji is a write. The client reports the answer U+1F600.",
        CHUNK(CONTENT("%F0%9F%98%80")) "&" STOP "&" DONE "&split=1",
        API_PARSING)
    API_CASE("openai-large",
        "One delta has 1,020 KiB. The client reports the whole answer.",
        "format=openai-chat&count=1&interval=0&size=1020k",
        STREAMING)
    API_CASE("openai-buffered",
        "A proxy buffers the body until its end and encodes it with gzip. The client reports the whole answer.",
        "format=openai-chat&count=3&interval=20ms&buffer=all&encoding=gzip",
        STREAMING)
};
/* clang-format on */
