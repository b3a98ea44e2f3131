/*
 * Responses of OpenAI: typed events with sequence numbers. The last four repeat the whole text.
 *
 * An error inside the stream is two events. The first is as OpenAI sends it, with an `error` object; the types of its
 * SDK have the members of that object at the top.
 */
#include "formats/formats.h"
#include "formats/openai_errors.h"

#define EVENT(TYPE, MEMBERS)                                                                                           \
    "event: " TYPE "\ndata: {\"type\":\"" TYPE "\",\"sequence_number\":<sequence>," MEMBERS "}\n\n"

#define RESPONSE(STATUS, COMPLETED, ERROR, OUTPUT, USAGE)                                                              \
    "\"response\":{\"id\":\"resp_sse_server\",\"object\":\"response\",\"created_at\":<created>,\"status\":\"" STATUS   \
    "\",\"background\":false,\"completed_at\":" COMPLETED ",\"error\":" ERROR                                          \
    ",\"incomplete_details\":null,\"instructions\":null,\"max_output_tokens\":null,\"max_tool_calls\":null,"           \
    "\"model\":<model>,\"output\":[" OUTPUT "],\"parallel_tool_calls\":true,\"previous_response_id\":null,"            \
    "\"prompt_cache_key\":null,\"reasoning\":{\"effort\":null,\"summary\":null},\"safety_identifier\":null,"           \
    "\"service_tier\":\"default\",\"store\":true,\"temperature\":1.0,"                                                 \
    "\"text\":{\"format\":{\"type\":\"text\"},\"verbosity\":\"medium\"},\"tool_choice\":\"auto\",\"tools\":[],"        \
    "\"top_logprobs\":0,\"top_p\":1.0,\"truncation\":\"disabled\",\"usage\":" USAGE ",\"user\":null,\"metadata\":{}}"

#define PART(TEXT) "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"" TEXT "\"}"
#define ITEM(STATUS, CONTENT)                                                                                          \
    "{\"id\":\"msg_sse_server\",\"type\":\"message\",\"status\":\"" STATUS "\",\"content\":[" CONTENT                  \
    "],\"role\":\"assistant\"}"
#define AT_ITEM "\"output_index\":0,"
#define AT_PART "\"item_id\":\"msg_sse_server\",\"output_index\":0,\"content_index\":0,"

const struct format formats_openai_responses = {
    .name = "openai-responses",
    .asks_for_stream = true,
    .line_end = "\n",
    .fields = "",
    .opening = EVENT("response.created", RESPONSE("in_progress", "null", "null", "", "null"))
        EVENT("response.in_progress", RESPONSE("in_progress", "null", "null", "", "null"))
            EVENT("response.output_item.added", AT_ITEM "\"item\":" ITEM("in_progress", ""))
                EVENT("response.content_part.added", AT_PART "\"part\":" PART("")),
    .delta = EVENT("response.output_text.delta", AT_PART "\"delta\":\"<text>\",\"logprobs\":[]"),
    .closing = EVENT("response.output_text.done", AT_PART "\"text\":\"<whole>\",\"logprobs\":[]")
        EVENT("response.content_part.done", AT_PART "\"part\":" PART("<whole>"))
            EVENT("response.output_item.done", AT_ITEM "\"item\":" ITEM("completed", PART("<whole>")))
                EVENT("response.completed",
                      RESPONSE("completed", "<created>", "null", ITEM("completed", PART("<whole>")),
                               "{\"input_tokens\":<input>,\"input_tokens_details\":{\"cached_tokens\":0,"
                               "\"cache_write_tokens\":0},\"output_tokens\":<output>,"
                               "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":<total>}")),
    .error = EVENT("error", "\"error\":{\"type\":\"server_error\",\"code\":\"server_error\","
                            "\"message\":" OPENAI_ERRORS_MESSAGE ",\"param\":null}")
        EVENT("response.failed",
              RESPONSE("failed", "null", "{\"code\":\"server_error\",\"message\":" OPENAI_ERRORS_MESSAGE "}", "",
                       "null")),
    .refusal = OPENAI_ERRORS_BODY,
    .errors = openai_errors,
};
