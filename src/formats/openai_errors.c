/* The words of OpenAI for status codes. */
#include "formats/openai_errors.h"

const struct format_error openai_errors[] = {
    {400, "invalid_request_error", "null"},
    {401, "invalid_request_error", "\"invalid_api_key\""},
    {404, "invalid_request_error", "\"model_not_found\""},
    {429, "requests", "\"rate_limit_exceeded\""},
    {500, "server_error", "null"},
    {503, "server_error", "\"server_overloaded\""},
    {0, NULL, NULL},
};
