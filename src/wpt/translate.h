/*
 * The handlers one by one, for this folder alone. Each writes its query but for what the table says of it, and returns
 * 0, or 400 or 431 with the reason.
 */
#ifndef WPT_TRANSLATE_H
#define WPT_TRANSLATE_H

#include "wpt/call.h"

/* They send what they are given, or always the same. */
int run_message(struct call *call);
int run_message2(struct call *call);
int run_accept(struct call *call);
int run_accept_always(struct call *call);
int run_cache_control(struct call *call);
int run_cache_control_always(struct call *call);
int run_last_event_id(struct call *call);
int run_last_event_id2(struct call *call);
int run_status_error(struct call *call);

/* A cookie tells them how far their client is. */
int run_reconnect_fail(struct call *call);
int run_status_reconnect(struct call *call);
int run_cors_cookie(struct call *call);

/* They say themselves what other origins may do. */
int run_redirect(struct call *call);
int run_cors(struct call *call);

/* The journal tells them what came before. */
int run_unsafe_id(struct call *call);
int run_counter(struct call *call);

/*
 * What a response tells other origins: that origin, encoded, and whether with credentials, word for word as they are;
 * of no address: neither. A preflight is answered so that what it asks for is allowed.
 */
void share(struct call *call, struct span origin, struct span credentials);

/* The value of the parameter `origin`, or else of the field, encoded into `text`; of no address if there is neither.
 * Returns 0, 400 or 431. */
int take_origin(struct call *call, struct text *text, struct span *origin);
enum { ORIGIN_ROOM = 3 * CALL_FIELD_MAX };

/* The value of the parameter `credentials`, "true" if it was not given. Returns 0 or 400. */
int take_credentials(struct call *call, struct span *credentials);

#endif
