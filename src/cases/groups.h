/*
 * The groups of cases, one file each. A line is: name, tab, what a correct client does, tab, parameters of /stream.
 *
 * They are strings, not structures, because pointers are relocated when a position-independent program starts. A group
 * has at most 4,095 bytes, the length of a string literal that every C compiler must accept.
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

#endif
