/* Messages of Anthropic: named events around one block of text. */
#include "formats/formats.h"

#define EVENT(TYPE, MEMBERS) "event: " TYPE "\ndata: {\"type\":\"" TYPE "\"" MEMBERS "}\n\n"
#define ERROR(TYPE, MESSAGE)                                                                                           \
    ",\"error\":{\"type\":\"" TYPE "\",\"message\":" MESSAGE "},\"request_id\":\"req_sse_server\""

static const struct format_error errors[] = {
    {400, "invalid_request_error", ""},
    {401, "authentication_error", ""},
    {402, "billing_error", ""},
    {403, "permission_error", ""},
    {404, "not_found_error", ""},
    {413, "request_too_large", ""},
    {429, "rate_limit_error", ""},
    {500, "api_error", ""},
    {504, "timeout_error", ""},
    {529, "overloaded_error", ""},
    {0, NULL, NULL},
};

const struct format formats_anthropic = {
    .name = "anthropic",
    .asks_for_stream = true,
    .line_end = "\n",
    .fields = "",
    .opening =
        EVENT("message_start",
              ",\"message\":{\"model\":<model>,\"id\":\"msg_sse_server\",\"type\":\"message\",\"role\":\"assistant\","
              "\"content\":[],\"container\":null,\"diagnostics\":null,\"stop_reason\":null,\"stop_sequence\":null,"
              "\"stop_details\":null,\"usage\":{\"input_tokens\":<input>,\"cache_creation_input_tokens\":0,"
              "\"cache_read_input_tokens\":0,\"cache_creation\":{\"ephemeral_5m_input_tokens\":0,"
              "\"ephemeral_1h_input_tokens\":0},\"output_tokens\":1,\"output_tokens_details\":null,"
              "\"server_tool_use\":null,\"service_tier\":\"standard\",\"inference_geo\":null,\"speed\":null}}")
            EVENT("content_block_start",
                  ",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\",\"citations\":null}")
                EVENT("ping", ""),
    .delta = EVENT("content_block_delta", ",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"<text>\"}"),
    .closing = EVENT("content_block_stop", ",\"index\":0") EVENT(
        "message_delta", ",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"stop_details\":null,"
                         "\"container\":null},\"usage\":{\"input_tokens\":<input>,\"cache_creation_input_tokens\":0,"
                         "\"cache_read_input_tokens\":0,\"output_tokens\":<output>,\"output_tokens_details\":null,"
                         "\"server_tool_use\":null}") EVENT("message_stop", ""),
    .error = EVENT("error", ERROR("overloaded_error", "\"Overloaded\"")),
    .refusal = "{\"type\":\"error\"" ERROR("<type>", "<message>") "}",
    .errors = errors,
};
