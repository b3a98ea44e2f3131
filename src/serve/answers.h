/*
 * The answers, one unit per path: answer_NAME.c. Each function sends the whole response to an admitted request.
 */
#ifndef SERVE_ANSWERS_H
#define SERVE_ANSWERS_H

#include "serve/connection.h"

void answer_stream(struct connection *connection);
void answer_status(struct connection *connection);
void answer_expect(struct connection *connection);
void answer_log(struct connection *connection);
void answer_cases(struct connection *connection);
void answer_help(struct connection *connection);
void answer_page(struct connection *connection);
void answer_with(struct connection *connection);
void answer_provider(struct connection *connection);
void answer_wpt(struct connection *connection);

/* The help as text, whatever the client accepts. */
void answer_help_text(struct connection *connection);

/* The request is for HTML. */
bool answer_page_is_wanted(const struct request *request);

/* The percent-encoded path is one of the web-platform-tests handlers. */
bool answer_wpt_has(struct span path);

/*
 * OPTIONS. `methods` is for the Allow field. The preflight of a stream is answered as its parameters say. That of
 * /status is also the health check, and fails if GET would. That of /log offers DELETE only to a page that may use it.
 */
void answer_stream_options(struct connection *connection, unsigned methods);
void answer_status_options(struct connection *connection, unsigned methods);
void answer_log_options(struct connection *connection, unsigned methods);
void answer_with_options(struct connection *connection, unsigned methods);
void answer_provider_options(struct connection *connection, unsigned methods);
void answer_wpt_options(struct connection *connection, unsigned methods);

#endif
