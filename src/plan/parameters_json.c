/* Parameters as JSON. If the room is too small, the text is truncated and says so. */
#include "plan/parameters_json.h"

#include "base/json.h"
#include "plan/parameters.h"

static const char kinds[][12] = {
    [KIND_WHOLE] = "whole",          [KIND_DURATION] = "duration", [KIND_BYTES] = "bytes",   [KIND_SHARE] = "share",
    [KIND_CHOICE] = "choice",        [KIND_SPLIT] = "split",       [KIND_WAITS] = "waits",   [KIND_LINE] = "line",
    [KIND_FIELD] = "field",          [KIND_ORIGIN] = "origin",     [KIND_HEADER] = "header", [KIND_REQUIRE] = "require",
    [KIND_FIELD_NAME] = "fieldname", [KIND_NAME] = "name",         [KIND_CASE] = "case",     [KIND_RAW] = "raw",
    [KIND_FIELDS] = "fields",
};

static void member(struct text *text, const char *name, const char *value)
{
    text_string(text, ",\"");
    text_string(text, name);
    text_string(text, "\":");
    json_string(text, span_of(value));
}

static void flag(struct text *text, const char *name, bool value)
{
    text_string(text, ",\"");
    text_string(text, name);
    text_string(text, value ? "\":true" : "\":false");
}

static void words_json(struct text *text, const char *words)
{
    struct span rest = words != NULL ? span_of(words) : (struct span){NULL, 0};
    text_string(text, ",\"words\":[");
    while (rest.at != NULL) {
        json_string(text, span_cut(&rest, '|'));
        text_string(text, rest.at != NULL ? "," : "");
    }
    text_string(text, "]");
}

static void parameter_json(struct text *text, const struct parameter *parameter)
{
    text_string(text, "{\"name\":");
    json_string(text, span_of(parameter->name));
    member(text, "kind", kinds[parameter->kind]);
    member(text, "accepts", parameter->accepts);
    member(text, "help", parameter->help);
    flag(text, "repeats", parameter->repeats);
    flag(text, "forAttempts", !parameter->is_same_always);
    words_json(text, parameter->words);
    text_string(text, "}");
}

void parameters_json(struct text *text)
{
    for (size_t i = 0; i < PARAMETERS; i++) {
        text_string(text, i > 0 ? ",\n" : "[");
        parameter_json(text, &parameters[i]);
    }
    text_string(text, "]");
}
