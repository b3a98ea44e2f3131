/*
 * What the cases of several APIs share.
 *
 * The tables of these cases are laid out by hand: clang-format indents each API_CASE deeper than the one before it.
 */
#ifndef CASES_API_H
#define CASES_API_H

/* A line of a group. LINK says where the rule is, or where people met the failure. */
#define API_CASE(NAME, MEANS, QUERY, LINK) NAME "\t" MEANS "\t" QUERY "\t" LINK "\n"

#define API_PARSING "https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation"
#define API_RETRY_AFTER "https://www.rfc-editor.org/rfc/rfc9110#field.retry-after"
#define API_INCOMPLETE "https://www.rfc-editor.org/rfc/rfc9112#section-8"
#define API_SURROGATES "https://github.com/openclaw/openclaw/pull/115536"

/* What a proxy sends if it cannot reach the server. */
#define API_HTML_502 "status=502&type=text/html&raw=<html><h1>502+Bad+Gateway</h1></html>%0A"

#endif
