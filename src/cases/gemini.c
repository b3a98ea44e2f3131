/* generateContent of Gemini, as a stream. */
#include "cases/api.h"
#include "cases/groups.h"

#define STREAMING "https://ai.google.dev/api/generate-content"
#define ERRORS "https://ai.google.dev/gemini-api/docs/troubleshooting"

#define DATA(PARTS, REST)                                                                                              \
    "{\"candidates\":[{\"content\":{\"parts\":[" PARTS "],\"role\":\"model\"},\"index\":0" REST "}]}"
#define CHUNK(PARTS) "raw=data:+" DATA(PARTS, "") "%0D%0A%0D%0A"
#define TEXT(TEXT) "{\"text\":\"" TEXT "\"}"
#define STOP "raw=data:+" DATA(TEXT(""), ",\"finishReason\":\"STOP\"") "%0D%0A%0D%0A"
#define UNAVAILABLE "{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}"

/* clang-format off */
const char cases_of_gemini[] = {
    API_CASE("gemini-no-finish-reason",
        "The stream ends without a finishReason. The client reports an incomplete answer.",
        "format=gemini&count=3&interval=20ms&finish=no",
        STREAMING)
    API_CASE("gemini-reset",
        "A reset ends the stream in the middle of a delta. The client reports an incomplete answer.",
        "format=gemini&count=3&interval=20ms&cut=250&end=reset",
        API_INCOMPLETE)
    API_CASE("gemini-error",
        "An error follows two deltas. The client reports the error.",
        "format=gemini&errorAfter=2&interval=20ms",
        "https://github.com/maximhq/bifrost/issues/5188")
    API_CASE("gemini-error-first",
        "An error is the first event, with status 200. The client reports the error.",
        "raw=data:+" UNAVAILABLE "%0D%0A%0D%0A",
        ERRORS)
    API_CASE("gemini-error-json",
        "Status 200, but the body is an error in JSON, not a stream. The client reports the error.",
        "raw=[" UNAVAILABLE "]&type=application/json",
        ERRORS)
    API_CASE("gemini-exhausted",
        "Status 429 with Retry-After. The client waits at least 1 s before it tries again, and reports the error.",
        "format=gemini&count=0&status=429&header=Retry-After:+1",
        API_RETRY_AFTER)
    API_CASE("gemini-blocked",
        "The only chunk has no candidates. The client reports the reason SAFETY, and no answer.",
        "raw=data:+{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}%0D%0A%0D%0A",
        STREAMING)
    API_CASE("gemini-bytes",
        "Each byte is a write, so CR LF is split. The client reports the whole answer.",
        "format=gemini&count=2&interval=0&split=1",
        "https://github.com/BerriAI/litellm/issues/30224")
    API_CASE("gemini-unknown",
        "Members that the client does not know. It ignores them and reports the answer 'a'.",
        "raw=data:+" DATA("{\"text\":\"a\",\"x\":1}", ",\"x\":{\"y\":[1]}") "%0D%0A%0D%0A&" STOP,
        STREAMING)
    API_CASE("gemini-thought",
        "A thought comes before the answer. The client reports the answer 'b' without the thought.",
        CHUNK("{\"text\":\"a\",\"thought\":true}") "&" CHUNK("{\"text\":\"b\",\"thoughtSignature\":\"cw==\"}") "&" STOP,
        "https://ai.google.dev/gemini-api/docs/thinking")
    API_CASE("gemini-line-separator",
        "U+2028 ends no line of an event stream. The client reports the answer 'a' U+2028 'b'.",
        CHUNK(TEXT("a%E2%80%A8b")) "&" STOP,
        "https://github.com/BerriAI/litellm/pull/30602")
};
/* clang-format on */
