/* Handlers that track a client's progress in a cookie. Each returns 0, 400 or 431. */
#ifndef WPT_COOKIES_H
#define WPT_COOKIES_H

#include "wpt/call.h"

int wpt_reconnect_fail(struct call *call);
int wpt_status_reconnect(struct call *call);
int wpt_cors_cookie(struct call *call);

#endif
