/* Messages of Anthropic. */
#include "cases/api.h"
#include "cases/groups.h"

#define STREAMING "https://docs.anthropic.com/en/docs/build-with-claude/streaming"
#define ERRORS "https://docs.anthropic.com/en/api/errors"

#define DATA(TYPE, MEMBERS) "data:+{\"type\":\"" TYPE "\"" MEMBERS "}%0A%0A"
#define EVENT(TYPE, MEMBERS) "raw=event:+" TYPE "%0A" DATA(TYPE, MEMBERS)
#define MESSAGE                                                                                                        \
    ",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"           \
    "\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"
#define START EVENT("message_start", MESSAGE)
#define BLOCK(INDEX, BLOCK) EVENT("content_block_start", ",\"index\":" INDEX ",\"content_block\":{" BLOCK "}")
#define TEXT_BLOCK(INDEX) BLOCK(INDEX, "\"type\":\"text\",\"text\":\"\"")
#define DELTA(INDEX, DELTA) EVENT("content_block_delta", ",\"index\":" INDEX ",\"delta\":{" DELTA "}")
#define TEXT(INDEX, TEXT) DELTA(INDEX, "\"type\":\"text_delta\",\"text\":\"" TEXT "\"")
#define BLOCK_STOP(INDEX) EVENT("content_block_stop", ",\"index\":" INDEX)
#define REASON(REASON)                                                                                                 \
    EVENT("message_delta",                                                                                             \
          ",\"delta\":{\"stop_reason\":\"" REASON "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}")
#define STOP EVENT("message_stop", "")
#define PING EVENT("ping", "")
#define OVERLOADED ",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}"

/* clang-format off */
const char cases_of_anthropic[] = {
    API_CASE("anthropic-no-stop",
        "The stream ends without message_delta and message_stop. The client reports an incomplete answer.",
        "format=anthropic&count=3&interval=20ms&finish=no",
        "https://github.com/griffinwork40/agent-afk/pull/635")
    API_CASE("anthropic-hang",
        "The connection stays open after message_stop. The client reports the whole answer at once.",
        "format=anthropic&count=3&interval=20ms&end=hang",
        STREAMING)
    API_CASE("anthropic-reset",
        "A reset ends the stream in the middle of a delta. The client reports an incomplete answer.",
        "format=anthropic&count=3&interval=20ms&cut=1050&end=reset",
        API_INCOMPLETE)
    API_CASE("anthropic-empty",
        "No byte follows the head. The client reports an incomplete answer.",
        "raw=",
        STREAMING)
    API_CASE("anthropic-error",
        "overloaded_error follows two deltas. The client reports the error.",
        "format=anthropic&errorAfter=2&interval=20ms",
        "https://github.com/anthropics/anthropic-sdk-python/issues/1918")
    API_CASE("anthropic-error-first",
        "overloaded_error is the first event, with status 200. The client reports the error, or tries again.",
        EVENT("error", OVERLOADED),
        "https://github.com/vercel/ai/pull/10653")
    API_CASE("anthropic-error-json",
        "Status 200, but the body is an error in JSON, not a stream. The client reports the error.",
        "raw={\"type\":\"error\"" OVERLOADED "}&type=application/json",
        ERRORS)
    API_CASE("anthropic-overloaded",
        "Status 529 with Retry-After. The client waits at least 1 s before it tries again, and reports the error.",
        "format=anthropic&count=0&status=529&header=retry-after:+1",
        ERRORS)
    API_CASE("anthropic-retry-after-ms",
        "Status 429. The client waits 300 ms, not 10 s, before it tries again, and reports the error.",
        "format=anthropic&count=0&status=429&header=retry-after:+10&header=retry-after-ms:+300",
        "https://github.com/anthropics/anthropic-sdk-typescript/issues/357")
    API_CASE("anthropic-html",
        "The error page of a proxy. The client reports the error 502, and does not complain about JSON.",
        API_HTML_502,
        ERRORS)
    API_CASE("anthropic-large",
        "One delta has 100 KiB. The client reports the whole answer.",
        "format=anthropic&count=1&interval=0&size=100k",
        STREAMING)
};

const char cases_of_anthropic_events[] = {
    API_CASE("anthropic-pings",
        "For 35 s, only pings come. The client waits and reports the answer 'a'.",
        START "&" TEXT_BLOCK("0") "&" PING "&" PING "&" PING "&" PING "&" PING "&" PING "&" PING "&" TEXT("0", "a") "&"
        BLOCK_STOP("0") "&" REASON("end_turn") "&" STOP "&interval=0,0,5s,5s,5s,5s,5s,5s,5s,0",
        STREAMING)
    API_CASE("anthropic-unknown",
        "An event and members that the client does not know. It ignores them and reports the answer 'a'.",
        START "&" EVENT("x", ",\"x\":[1]") "&" TEXT_BLOCK("0") "&" DELTA("0", "\"type\":\"text_delta\",\"text\":\"a\","
        "\"x\":{\"y\":1}") "&" BLOCK_STOP("0") "&" REASON("end_turn") "&" STOP,
        "https://docs.anthropic.com/en/api/versioning")
    API_CASE("anthropic-thinking",
        "The thinking is block 0, the answer is block 1. The client reports the answer 'b' without the thinking.",
        START "&" BLOCK("0", "\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"") "&"
        DELTA("0", "\"type\":\"thinking_delta\",\"thinking\":\"a\"") "&"
        DELTA("0", "\"type\":\"signature_delta\",\"signature\":\"cw==\"") "&" BLOCK_STOP("0") "&"
        TEXT_BLOCK("1") "&" TEXT("1", "b") "&" BLOCK_STOP("1") "&" REASON("end_turn") "&" STOP,
        STREAMING)
};

const char cases_of_anthropic_blocks[] = {
    API_CASE("anthropic-tool-call",
        "Two deltas share an emoji in the arguments. The client reports the arguments {\"e\":\"U+1F600\"}.",
        START "&" BLOCK("0", "\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"f\",\"input\":{}") "&"
        DELTA("0", "\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"e\\\":\\\"\\\\ud83d\"") "&"
        DELTA("0", "\"type\":\"input_json_delta\",\"partial_json\":\"\\\\ude00\\\"}\"") "&" BLOCK_STOP("0") "&"
        REASON("tool_use") "&" STOP,
        API_SURROGATES)
    API_CASE("anthropic-delta-first",
        "A delta comes before its content_block_start. The client reports an error, or the answer 'a'.",
        START "&" TEXT("0", "a") "&" TEXT_BLOCK("0") "&" BLOCK_STOP("0") "&" REASON("end_turn") "&" STOP,
        STREAMING)
    API_CASE("anthropic-emoji",
        "Each of the four bytes of an emoji is a write. The client reports the answer U+1F600.",
        START "&" TEXT_BLOCK("0") "&" TEXT("0", "%F0%9F%98%80") "&" BLOCK_STOP("0") "&" REASON("end_turn") "&" STOP
        "&split=1",
        API_PARSING)
};
/* clang-format on */
