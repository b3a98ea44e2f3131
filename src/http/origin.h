/*
 * Whether a request comes from a page of another origin (Fetch Metadata, 2.3; RFC 6454, 7). Pure.
 */
#ifndef HTTP_ORIGIN_H
#define HTTP_ORIGIN_H

#include "base/span.h"

/*
 * A page of another origin caused the request with this head. Sec-Fetch-Site decides: only "same-origin" and "none" are
 * not foreign. Browsers send it to trustworthy origins only. Without it, an Origin whose host and port differ from Host
 * is foreign. A request with neither field is not.
 */
bool origin_is_foreign(struct span head);

#endif
