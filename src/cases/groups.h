/*
 * The groups of cases, one file each. A line is: name, tab, what a correct client does, tab, parameters of /stream. A
 * case of an API has another tab and a link.
 *
 * They are strings, not structures, because pointers are relocated when a position-independent program starts. Each has
 * at most 4,095 bytes, the length of a string literal that every C compiler must accept. A group may have several.
 */
#ifndef CASES_GROUPS_H
#define CASES_GROUPS_H

extern const char cases_of_fields[];
extern const char cases_of_data[];
extern const char cases_of_event_types[];
extern const char cases_of_ids[];
extern const char cases_of_retry[];
extern const char cases_of_comments[];
extern const char cases_of_line_ends[];
extern const char cases_of_no_line_ends[];
extern const char cases_of_bom[];
extern const char cases_of_utf_8[];
extern const char cases_of_not_utf_8[];
extern const char cases_of_ends[];
extern const char cases_of_sizes[];
extern const char cases_of_ways[];
extern const char cases_of_heads[];

extern const char cases_of_openai_ends[], cases_of_openai_errors[], cases_of_openai_events[], cases_of_openai_ways[];
extern const char cases_of_responses[], cases_of_responses_events[];
extern const char cases_of_anthropic[], cases_of_anthropic_events[], cases_of_anthropic_blocks[];
extern const char cases_of_gemini[];
extern const char cases_of_ui_message[];
extern const char cases_of_mcp[], cases_of_mcp_errors[];

#endif
