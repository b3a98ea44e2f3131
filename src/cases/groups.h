/*
 * The groups of cases, a file each, as lines: name, tab, what a right client does, tab, parameters of /stream. Bytes,
 * and no structures: a table of addresses would be written when a program starts that may be loaded anywhere.
 *
 * A group has at most 4,095 bytes, since C promises room for no more in a string.
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
