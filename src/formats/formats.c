/* The table of formats. */
#include "formats/formats.h"

static const struct {
    const struct format *format;
} table[] = {
    {NULL}, /* messages */
    {&formats_openai_chat},
    {&formats_openai_responses},
    {&formats_anthropic},
    {&formats_gemini},
    {&formats_ui_message},
};

const struct format *formats_find(struct span name)
{
    for (size_t i = 1; i < sizeof table / sizeof *table; i++)
        if (span_is(name, table[i].format->name))
            return table[i].format;
    return NULL;
}

const struct format *formats_at(size_t place)
{
    return place < sizeof table / sizeof *table ? table[place].format : NULL;
}
