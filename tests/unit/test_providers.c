/* The paths of LLM APIs. */
#include "check.h"
#include "serve/providers.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *path;
    bool is_whole;      /* it is one of the paths */
    const char *format; /* of the path that it ends with; NULL: none */
} paths[] = {
    {"/v1/chat/completions", true, "openai-chat"},
    {"/chat/completions", true, "openai-chat"},
    {"/with/a/openai/deployments/x/chat/completions", false, "openai-chat"},
    {"/v1/chat%2Fcompletions", false, NULL},
    {"/%76%31/chat/completion%73", true, "openai-chat"},
    {"/v1/responses", true, "openai-responses"},
    {"/v1/responses/resp_1", true, "openai-responses"},
    {"/responses", true, "openai-responses"},
    {"/responses/a%2Fb", true, "openai-responses"},
    {"/x/v1/responses", false, "openai-responses"},
    {"/v1/messages", true, "anthropic"},
    {"/with/count=1/v1/messages", false, "anthropic"},
    {"/messages", false, NULL},
    {"/v1beta/models/gemini-2.5-pro:streamGenerateContent", true, "gemini"},
    {"/v1beta/models/g%3AstreamGenerateContent", true, "gemini"},
    {"/v1beta/models/%67:stream%47enerateContent", true, "gemini"},
    {"/with/x/v1beta/models/g:streamGenerateContent", false, "gemini"},
    {"/v1beta/models/:streamGenerateContent", false, NULL},
    {"/v1beta/models/g:generateContent", true, "gemini"},
    {"/v1beta/models/g:streamGenerateContent2", false, NULL},
    {"/v1beta/models/g/x:streamGenerateContent", false, NULL},
    {"/api/chat", true, "ui-message"},
    {"//api/chat", false, "ui-message"},
    {"/api/chat/", false, NULL},
    {"/api", false, NULL},
    {"/v1/responses/", false, NULL},
    {"/v1/responses/a/b", false, NULL},
    {"/", false, NULL},
    {"*", false, NULL},
    {"", false, NULL},
};

static void check_model(const char *path, const char *model)
{
    check_bytes(providers_model(exact(path, strlen(path))), span_of(model));
}

static void test_models(void)
{
    check_model("/v1beta/models/gemini-2.5_pro:streamGenerateContent", "gemini-2.5_pro");
    check_model("/v1beta/models/g%2Fx:streamGenerateContent", "");
    check_model("/v1beta/models/g%3AstreamGenerateContent", "");
    check_model("/v1beta/models/\":streamGenerateContent", "");
    check_model("/v1/messages", "");
    check_model("", "");
}

static void test_skipped(void)
{
    check(providers_skipped(span_of("")) == 0);
    check(providers_skipped(span_of("stream=true&starting_after=0")) == 1);
    check(providers_skipped(span_of("starting%5Fafter=41&x")) == 42);
    check(providers_skipped(span_of("starting_after=9223372036854775807")) == UINT64_C(1) << 63);
    check(providers_skipped(span_of("starting_after=9223372036854775808")) == 0);
    check(providers_skipped(span_of("starting_after=-1&starting_after=x&starting_after")) == 0);
}

void test_providers(void)
{
    test_models();
    test_skipped();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct span path = span_of(paths[i].path);
        const char *format = providers_format(exact(path.at, path.length));
        check((format != NULL) == (paths[i].format != NULL));
        check_bytes(span_of(format != NULL ? format : ""), span_of(paths[i].format != NULL ? paths[i].format : ""));
        check_same(span_of(providers_have(exact(path.at, path.length)) == paths[i].is_whole ? "" : paths[i].path),
                   span_of(""), __FILE__, __LINE__);
    }
}
