/* Responses of OpenAI. */
#include "cases/api.h"
#include "cases/groups.h"

#define STREAMING "https://platform.openai.com/docs/api-reference/responses-streaming"

#define EVENT(TYPE, NUMBER, MEMBERS)                                                                                   \
    "raw=event:+" TYPE "%0Adata:+{\"type\":\"" TYPE "\",\"sequence_number\":" NUMBER "," MEMBERS "}%0A%0A"
#define RESPONSE(STATUS, REST)                                                                                         \
    "\"response\":{\"id\":\"r\",\"object\":\"response\",\"created_at\":1,\"model\":\"m\",\"status\":\"" STATUS         \
    "\"" REST "}"
#define CREATED EVENT("response.created", "0", RESPONSE("in_progress", ",\"output\":[]"))
#define TEXT(NUMBER, DELTA)                                                                                            \
    EVENT("response.output_text.delta", NUMBER,                                                                        \
          "\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,\"delta\":\"" DELTA "\"")
#define ITEM(TYPE, REST) "\"output_index\":0,\"item\":{\"id\":\"i\",\"type\":\"" TYPE "\"" REST "}"
#define MESSAGE(CONTENT) ",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[" CONTENT "]"
#define ADDED EVENT("response.output_item.added", "1", ITEM("message", MESSAGE("")))

#define PART(NUMBER)                                                                                                   \
    EVENT("response.content_part.added", NUMBER,                                                                       \
          "\"item_id\":\"i\",\"output_index\":0,\"content_index\":0,"                                                  \
          "\"part\":{\"type\":\"output_text\",\"text\":\"\",\"annotations\":[]}")

/* clang-format off */
const char cases_of_responses[] = {
    API_CASE("responses-no-completed",
        "The stream ends without response.completed. The client reports an incomplete answer.",
        "format=openai-responses&count=3&interval=20ms&finish=no",
        STREAMING)
    API_CASE("responses-hang",
        "The connection stays open after response.completed. The client reports the whole answer at once.",
        "format=openai-responses&count=3&interval=20ms&end=hang",
        STREAMING)
    API_CASE("responses-reset",
        "A reset ends the stream in the middle of a delta. The client reports an incomplete answer.",
        "format=openai-responses&count=3&interval=20ms&cut=2400&end=reset",
        API_INCOMPLETE)
    API_CASE("responses-error",
        "The events 'error' and 'response.failed' follow two deltas. The client reports the error.",
        "format=openai-responses&errorAfter=2&interval=20ms",
        STREAMING)
    API_CASE("responses-error-first",
        "An error is the first event. It has no 'error' member. The client reports the error.",
        EVENT("error", "0", "\"code\":\"server_error\",\"message\":\"Sorry\",\"param\":null"),
        STREAMING)
    API_CASE("responses-retry-after",
        "Status 429 with Retry-After. The client waits at least 1 s before it tries again, and reports the error.",
        "format=openai-responses&count=0&status=429&header=Retry-After:+1",
        API_RETRY_AFTER)
    API_CASE("responses-incomplete",
        "response.incomplete ends the answer. The client reports the answer 'a', and why it is incomplete.",
        CREATED "&" ADDED "&" PART("2") "&" TEXT("3", "a") "&" EVENT("response.incomplete", "4", RESPONSE("incomplete",
        ",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[{\"id\":\"i\",\"type\":\"message\""
        MESSAGE("{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[]}") "}]")),
        "https://github.com/jundot/omlx/pull/2817")
    API_CASE("responses-large",
        "Five events have 100 KiB. The client reports the whole answer.",
        "format=openai-responses&count=1&interval=0&size=100k",
        STREAMING)
};

const char cases_of_responses_events[] = {
    API_CASE("responses-tool-call",
        "Two deltas share an emoji in the arguments. The client reports the arguments {\"e\":\"U+1F600\"}.",
        CREATED "&" EVENT("response.output_item.added", "1",
        ITEM("function_call", ",\"call_id\":\"t\",\"name\":\"f\",\"arguments\":\"\"")) "&"
        EVENT("response.function_call_arguments.delta", "2",
        "\"item_id\":\"i\",\"output_index\":0,\"delta\":\"{\\\"e\\\":\\\"\\\\ud83d\"") "&"
        EVENT("response.function_call_arguments.delta", "3",
        "\"item_id\":\"i\",\"output_index\":0,\"delta\":\"\\\\ude00\\\"}\"") "&"
        EVENT("response.completed", "4", RESPONSE("completed", ",\"output\":[{\"id\":\"i\",\"type\":\"function_call\","
        "\"call_id\":\"t\",\"name\":\"f\",\"arguments\":\"{\\\"e\\\":\\\"\\\\ud83d\\\\ude00\\\"}\"}]")),
        API_SURROGATES)
    API_CASE("responses-unknown",
        "An event and members that the client does not know. It ignores them and reports the answer 'a'.",
        CREATED "&" EVENT("response.x", "1", "\"x\":[1]") "&" ADDED "&" PART("2") "&" TEXT("3", "a") "&"
        EVENT("response.completed", "4", RESPONSE("completed", ",\"x\":{\"y\":1},\"output\":[{\"id\":\"i\","
        "\"type\":\"message\"" MESSAGE("{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[]}") "}]")),
        STREAMING)
};
/* clang-format on */
