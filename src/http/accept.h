/*
 * What kinds of content a request asks for by its Accept fields (RFC 9110, 12.5.1). Pure.
 */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include "base/span.h"

/*
 * A request head, as for response_fields.h, asks for `type` by that very name, in whatever case, and with no weight of
 * 0. A range such as "text/" followed by an asterisk names nothing: what takes anything is given what there was before
 * there was a choice.
 */
bool accept_names(struct span head, const char *type);

#endif
