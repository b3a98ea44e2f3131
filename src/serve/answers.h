/*
 * The answers, one for each path. Each sends the whole response to a request that was admitted.
 */
#ifndef SERVE_ANSWERS_H
#define SERVE_ANSWERS_H

#include "serve/connection.h"

void answer_stream(struct connection *connection);
void answer_status(struct connection *connection);
void answer_help(struct connection *connection);
/* The page, which needs no token where it is asked for: it holds nothing that is not the same for everybody. */
bool answer_page_is_wanted(const struct request *request);
void answer_page(struct connection *connection);

void answer_log(struct connection *connection);
void answer_expect(struct connection *connection);
void answer_cases(struct connection *connection);

/* OPTIONS /stream: the preflight of a stream, as its plan has it. */
void answer_stream_options(struct connection *connection, unsigned methods);

/* What the suite of the browsers' makers asks for (wpt/handlers.h), and the preflights of that. */
void answer_wpt(struct connection *connection);
void answer_wpt_options(struct connection *connection, unsigned methods);

#endif
