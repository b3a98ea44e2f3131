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

/* The path is one whose API answers with a whole object and not with a stream. */
bool providers_want_whole(struct span path);

/*
 * The model in the last segment of such a path, "NAME:streamGenerateContent" or "NAME:generateContent". At most
 * LIMIT_JSON_MEMBER letters, digits, dots, dashes and underscores; empty if it has other bytes, or if there is none.
 */
struct span providers_model(struct span path);

/* How many events a client of Responses has: one more than `starting_after` in its query, or 0. */
uint64_t providers_skipped(struct span query);

#endif
