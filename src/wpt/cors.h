/* Handlers that choose their own CORS fields, and the redirect. Each returns 0, 400 or 431. */
#ifndef WPT_CORS_H
#define WPT_CORS_H

#include "wpt/call.h"

int wpt_redirect(struct call *call);
int wpt_cors(struct call *call);

#endif
