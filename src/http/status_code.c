/* Status codes and their phrases. Nothing fails. */
#include "http/status_code.h"

#include <stddef.h>

struct phrase {
    int status;
    const char *phrase;
};

/* What this program answers by itself; the manual lists these. */
static const struct phrase phrases[] = {
    {200, "OK"},
    {204, "No Content"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
};

/* What it answers only if the parameter `status` asks for it. */
static const struct phrase asked_for[] = {
    {201, "Created"},
    {202, "Accepted"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {406, "Not Acceptable"},
    {409, "Conflict"},
    {410, "Gone"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {422, "Unprocessable Content"},
    {500, "Internal Server Error"},
    {502, "Bad Gateway"},
    {504, "Gateway Timeout"},
};

static const char *find_phrase(const struct phrase *among, size_t count, int status)
{
    for (size_t i = 0; i < count; i++)
        if (among[i].status == status)
            return among[i].phrase;
    return "";
}

const char *status_code_phrase(int status)
{
    const char *phrase = find_phrase(phrases, sizeof phrases / sizeof *phrases, status);
    return *phrase != '\0' ? phrase : find_phrase(asked_for, sizeof asked_for / sizeof *asked_for, status);
}

bool status_code_has_body(int status)
{
    return status != 204 && status != 205 && status != 304;
}
