/*
 * Times as text. Pure. Times are ns; `realtime` counts from 1970 in UTC, and earlier times are written as 1970.
 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include "base/text.h"

/* "Thu, 15 Feb 2024 22:15:36 GMT": IMF-fixdate (RFC 9110, 5.6.7). */
void calendar_http_date(struct text *text, int64_t realtime);

/* "2024-02-15T22:15:24.241547551Z": RFC 3339, with up to nine digits after the second, without zeros at the end. */
void calendar_rfc3339(struct text *text, int64_t realtime);

/* The length of that, bytes. */
size_t calendar_rfc3339_length(int64_t realtime);

/* "2.000897942s", "1m0.5s", "12.5ms", "120.2\u00b5s", "85ns": the form that Go prints and the log uses. Negative ones
 * are "0s". */
void calendar_duration(struct text *text, int64_t duration);

#endif
