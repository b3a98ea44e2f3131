/* Handlers that read from the journal what came earlier with their token. Each returns 0 or 400. */
#ifndef WPT_STATEFUL_H
#define WPT_STATEFUL_H

#include "wpt/call.h"

int wpt_unsafe_id(struct call *call);
int wpt_counter(struct call *call);

#endif
