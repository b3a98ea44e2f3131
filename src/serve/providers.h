/*
 * The paths of LLM APIs, and the format of the streams that their clients read. Pure.
 */
#ifndef SERVE_PROVIDERS_H
#define SERVE_PROVIDERS_H

#include "base/span.h"

/* The percent-encoded path is one of these paths. */
bool providers_have(struct span path);

/*
 * The name of the format of the path that a percent-encoded path ends with, or NULL. Under /with/ a path may have any
 * beginning, as in "/with/count=3/openai/deployments/x/chat/completions".
 */
const char *providers_format(struct span path);

#endif
