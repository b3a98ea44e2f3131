/* Handlers that keep no state. The query decides what they send. Each returns 0 or 400. */
#ifndef WPT_PLAIN_H
#define WPT_PLAIN_H

#include "wpt/call.h"

int wpt_message(struct call *call);
int wpt_message2(struct call *call);
int wpt_accept(struct call *call);
int wpt_accept_file(struct call *call);
int wpt_cache_control(struct call *call);
int wpt_cache_control_file(struct call *call);
int wpt_last_event_id(struct call *call);
int wpt_last_event_id2(struct call *call);
int wpt_status_error(struct call *call);

#endif
