/* The UI message stream of Vercel's AI SDK, which servers send to its useChat(). It has no model and no usage. */
#include "formats/formats.h"

#define PART(TYPE, MEMBERS) "data: {\"type\":\"" TYPE "\"" MEMBERS "}\n\n"
#define TEXT_ID ",\"id\":\"text-sse-server\""

static const struct format_error errors[] = {{400, "", ""}, {500, "", ""}, {0, NULL, NULL}};

const struct format formats_ui_message = {
    .name = "ui-message",
    .line_end = "\n",
    .fields = "x-vercel-ai-ui-message-stream: v1\r\n",
    .opening = PART("start", ",\"messageId\":\"msg-sse-server\"") PART("start-step", "") PART("text-start", TEXT_ID),
    .delta = PART("text-delta", TEXT_ID ",\"delta\":\"<text>\""),
    .closing = PART("text-end", TEXT_ID) PART("finish-step", "")
        PART("finish", ",\"finishReason\":\"stop\"") "data: [DONE]\n\n",
    .error = PART("error", ",\"errorText\":\"An error occurred.\"") "data: [DONE]\n\n",
    .refusal = "{\"error\":<message>}",
    .errors = errors,
};
