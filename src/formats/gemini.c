/*
 * generateContent of Gemini with alt=sse: chunks in data lines that end in CR LF. The last one has the reason for the
 * end and the usage, and no text.
 */
#include "formats/formats.h"

#define CHUNK(TEXT, REASON, USAGE)                                                                                     \
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" TEXT "\"}],\"role\":\"model\"}" REASON              \
    ",\"index\":0}]" USAGE ",\"modelVersion\":<model>,\"responseId\":\"sse-server\"}\n\n"
#define ERROR(CODE, MESSAGE, STATUS) "{\"error\":{\"code\":" CODE ",\"message\":" MESSAGE ",\"status\":\"" STATUS "\"}}"

static const struct format_error errors[] = {
    {400, "INVALID_ARGUMENT", ""}, {401, "UNAUTHENTICATED", ""},   {403, "PERMISSION_DENIED", ""},
    {404, "NOT_FOUND", ""},        {409, "ABORTED", ""},           {429, "RESOURCE_EXHAUSTED", ""},
    {499, "CANCELLED", ""},        {500, "INTERNAL", ""},          {501, "UNIMPLEMENTED", ""},
    {503, "UNAVAILABLE", ""},      {504, "DEADLINE_EXCEEDED", ""}, {0, NULL, NULL},
};

const struct format formats_gemini = {
    .name = "gemini",
    .line_end = "\r\n",
    .fields = "",
    .opening = "",
    .delta = CHUNK("<text>", "", ""),
    .closing = CHUNK("", ",\"finishReason\":\"STOP\"",
                     ",\"usageMetadata\":{\"promptTokenCount\":<input>,\"candidatesTokenCount\":<output>,"
                     "\"totalTokenCount\":<total>,"
                     "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":<input>}]}"),
    .error = "data: " ERROR("503", "\"The model is overloaded. Please try again later.\"", "UNAVAILABLE") "\n\n",
    .refusal = ERROR("<status>", "<message>", "<type>"),
    .errors = errors,
};
