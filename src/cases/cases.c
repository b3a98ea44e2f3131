/* The list of cases. */
#include "cases/cases.h"

#include "base/json.h"
#include "cases/groups.h"

#include <string.h>

static const struct {
    const char *name; /* several lists in a row may have the same */
    const char *lines;
} groups[] = {
    {"fields", cases_of_fields},
    {"data", cases_of_data},
    {"event-types", cases_of_event_types},
    {"ids", cases_of_ids},
    {"retry", cases_of_retry},
    {"comments", cases_of_comments},
    {"line-ends", cases_of_line_ends},
    {"no-line-ends", cases_of_no_line_ends},
    {"byte-order-marks", cases_of_bom},
    {"utf-8", cases_of_utf_8},
    {"not-utf-8", cases_of_not_utf_8},
    {"ends", cases_of_ends},
    {"sizes", cases_of_sizes},
    {"ways", cases_of_ways},
    {"heads", cases_of_heads},
    {"openai", cases_of_openai_ends},
    {"openai", cases_of_openai_errors},
    {"openai", cases_of_openai_events},
    {"openai", cases_of_openai_ways},
    {"responses", cases_of_responses},
    {"responses", cases_of_responses_events},
    {"anthropic", cases_of_anthropic},
    {"anthropic", cases_of_anthropic_events},
    {"anthropic", cases_of_anthropic_blocks},
    {"gemini", cases_of_gemini},
    {"ui-message", cases_of_ui_message},
    {"mcp", cases_of_mcp},
    {"mcp", cases_of_mcp_errors},
};

bool cases_next(struct cases *rest, struct named_case *next)
{
    if (rest->lines.length == 0) {
        if (rest->group == sizeof groups / sizeof *groups)
            return false;
        rest->lines = span_of(groups[rest->group++].lines);
    }
    struct span line = span_cut(&rest->lines, '\n');
    next->group = span_of(groups[rest->group - 1].name);
    next->name = span_cut(&line, '\t');
    next->means = span_cut(&line, '\t');
    next->query = span_cut(&line, '\t');
    next->link = line;
    return true;
}

static bool is_same_name(struct span one, struct span other)
{
    return one.length == other.length && memcmp(one.at, other.at, one.length) == 0;
}

bool cases_find(struct span name, struct named_case *found)
{
    struct cases rest = {0};
    struct named_case next;
    while (cases_next(&rest, &next)) {
        if (!is_same_name(next.name, name))
            continue;
        *found = next;
        return true;
    }
    return false;
}

static void json_member(struct text *text, const char *name, struct span value)
{
    text_string(text, name);
    json_string(text, value);
}

static void json_path(struct text *text, const char *path, struct span name)
{
    text_string(text, path);
    text_span(text, name);
    text_string(text, "\"");
}

static void json_link(struct text *text, struct span link)
{
    if (link.length > 0)
        json_member(text, ",\"link\":", link);
    else
        text_string(text, ",\"link\":null");
}

void cases_json(struct text *text)
{
    struct cases rest = {0};
    struct named_case next;
    const char *before = "[";
    while (cases_next(&rest, &next)) {
        text_string(text, before);
        json_member(text, "{\"name\":", next.name);
        json_member(text, ",\"group\":", next.group);
        json_member(text, ",\"means\":", next.means);
        json_member(text, ",\"query\":", next.query);
        json_link(text, next.link);
        json_path(text, ",\"stream\":\"/stream?case=", next.name);
        json_path(text, ",\"expect\":\"/expect?case=", next.name);
        text_string(text, "}");
        before = ",\n";
    }
    text_string(text, "]\n");
}

static void table_line(struct text *text, const char *before, struct span value)
{
    text_string(text, before);
    text_span(text, value);
    text_string(text, "\n");
}

void cases_table(struct text *text)
{
    struct cases rest = {0};
    struct named_case next;
    struct span group = {"", 0};
    while (cases_next(&rest, &next)) {
        if (!is_same_name(next.group, group)) {
            text_string(text, group.length > 0 ? "\n" : "");
            text_span(text, next.group);
            text_string(text, "\n");
        }
        group = next.group;
        table_line(text, "\n  ", next.name);
        table_line(text, "    ", next.means);
        table_line(text, "    /stream?", next.query);
        if (next.link.length > 0)
            table_line(text, "    ", next.link);
    }
}
