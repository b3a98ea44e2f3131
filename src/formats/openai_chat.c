/*
 * Chat completions of OpenAI, which many other providers imitate: chunks in data lines, and then [DONE].
 *
 * The chunk with the usage, which has no choices, is always sent. OpenAI sends it only if the request has
 * stream_options.include_usage, and then the other chunks have a usage of null, as here.
 */
#include "formats/formats.h"
#include "formats/openai_errors.h"

#define CHUNK(CHOICES, USAGE)                                                                                          \
    "data: {\"id\":\"chatcmpl-sse-server\",\"object\":\"chat.completion.chunk\",\"created\":<created>,"                \
    "\"model\":<model>,\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sse_server\",\"choices\":[" CHOICES    \
    "],\"usage\":" USAGE "}\n\n"
#define CHOICE(DELTA, REASON) "{\"index\":0,\"delta\":{" DELTA "},\"logprobs\":null,\"finish_reason\":" REASON "}"

const struct format formats_openai_chat = {
    .name = "openai-chat",
    .asks_for_stream = true,
    .line_end = "\n",
    .fields = "",
    .opening = CHUNK(CHOICE("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null", "null"), "null"),
    .delta = CHUNK(CHOICE("\"content\":\"<text>\"", "null"), "null"),
    .closing = CHUNK(CHOICE("", "\"stop\""), "null")
        CHUNK("", "{\"prompt_tokens\":<input>,\"completion_tokens\":<output>,\"total_tokens\":<total>,"
                  "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                  "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                  "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}") "data: [DONE]\n\n",
    .error = "data: {\"error\":{\"message\":" OPENAI_ERRORS_MESSAGE
             ",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n",
    .refusal = OPENAI_ERRORS_BODY,
    .errors = openai_errors,
};
