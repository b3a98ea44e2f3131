/* The errors of OpenAI, the same in both of its formats. */
#ifndef FORMATS_OPENAI_ERRORS_H
#define FORMATS_OPENAI_ERRORS_H

#include "formats/format.h"

/* The body of a response with such a status. */
#define OPENAI_ERRORS_BODY "{\"error\":{\"message\":<message>,\"type\":\"<type>\",\"param\":null,\"code\":<code>}}"

/* What it says inside a stream. */
#define OPENAI_ERRORS_MESSAGE "\"The server had an error while processing your request. Sorry about that!\""

extern const struct format_error openai_errors[];

#endif
