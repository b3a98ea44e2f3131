/* UI messages of Vercel's AI SDK. */
#include "cases/api.h"
#include "cases/groups.h"

#define STREAMING "https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol"

#define PART(TYPE, MEMBERS) "raw=data:+{\"type\":\"" TYPE "\"" MEMBERS "}%0A%0A"
#define START PART("start", ",\"messageId\":\"m\"")
#define TEXT(TEXT)                                                                                                     \
    PART("text-start", ",\"id\":\"t\"")                                                                                \
    "&" PART("text-delta", ",\"id\":\"t\",\"delta\":\"" TEXT "\"") "&" PART("text-end", ",\"id\":\"t\"")
#define FINISH PART("finish", "") "&raw=data:+[DONE]%0A%0A&header=x-vercel-ai-ui-message-stream:+v1"

/* clang-format off */
const char cases_of_ui_message[] = {
    API_CASE("ui-no-finish",
        "The stream ends without 'finish' and without [DONE]. The client reports an incomplete answer.",
        "format=ui-message&count=3&interval=20ms&finish=no",
        STREAMING)
    API_CASE("ui-reset",
        "A reset ends the stream in the middle of a delta. The client reports an incomplete answer.",
        "format=ui-message&count=3&interval=20ms&cut=250&end=reset",
        API_INCOMPLETE)
    API_CASE("ui-error",
        "A part 'error' follows two deltas. The client reports the error.",
        "format=ui-message&errorAfter=2&interval=20ms",
        STREAMING)
    API_CASE("ui-html",
        "The error page of a proxy. The client reports an error, and does not complain about JSON.",
        API_HTML_502,
        STREAMING)
    API_CASE("ui-unknown-data",
        "A data part that only the application knows. The client reports the answer 'a'.",
        START "&" PART("data-x", ",\"data\":{\"y\":1},\"transient\":true") "&" TEXT("a") "&" FINISH,
        STREAMING)
    API_CASE("ui-reasoning",
        "The reasoning comes before the answer. The client reports the answer 'b' without the reasoning.",
        START "&" PART("reasoning-start", ",\"id\":\"r\"") "&" PART("reasoning-delta", ",\"id\":\"r\",\"delta\":\"a\"")
        "&" PART("reasoning-end", ",\"id\":\"r\"") "&" TEXT("b") "&" FINISH,
        STREAMING)
    API_CASE("ui-delta-first",
        "A delta comes before its text-start. The client reports an error.",
        START "&" PART("text-delta", ",\"id\":\"t\",\"delta\":\"a\"") "&" PART("text-start", ",\"id\":\"t\"") "&"
        PART("text-end", ",\"id\":\"t\"") "&" FINISH,
        STREAMING)
    API_CASE("ui-tool-call",
        "Two deltas share an emoji in the arguments. The client reports the arguments {\"e\":\"U+1F600\"}.",
        START "&" PART("tool-input-start", ",\"toolCallId\":\"t\",\"toolName\":\"f\"") "&"
        PART("tool-input-delta", ",\"toolCallId\":\"t\",\"inputTextDelta\":\"{\\\"e\\\":\\\"\\\\ud83d\"") "&"
        PART("tool-input-delta", ",\"toolCallId\":\"t\",\"inputTextDelta\":\"\\\\ude00\\\"}\"") "&"
        PART("tool-input-available", ",\"toolCallId\":\"t\",\"toolName\":\"f\",\"input\":{\"e\":\"\\ud83d\\ude00\"}")
        "&" FINISH,
        API_SURROGATES)
};
/* clang-format on */
