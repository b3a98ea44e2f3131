/*
 * All formats. Pure.
 *
 * To add one, write its file, declare it here, and add its name to FORMATS_WORDS and a row to the table.
 */
#ifndef FORMATS_FORMATS_H
#define FORMATS_FORMATS_H

#include "formats/format.h"

#include <stddef.h>

extern const struct format formats_openai_chat, formats_openai_responses, formats_anthropic, formats_gemini,
    formats_ui_message;

/* The words of the parameter `format`, in the order of the table. "messages" is this server's own stream. */
#define FORMATS_WORDS "messages|openai-chat|openai-responses|anthropic|gemini|ui-message"

/* The format of the word at this place; NULL for the first word, or if there is no such word. */
const struct format *formats_at(size_t place);

/* The format with that name, or NULL. */
const struct format *formats_find(struct span name);

#endif
