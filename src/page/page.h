/*
 * The page at "/", and the response fields that isolate it. The page is the same for every client and holds
 * no secret. It requests everything it shows from this server.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/span.h"

/* The bytes of the page, in read-only memory. */
struct span page_html(void);

/*
 * Lines of a response head, each with its CR LF. The policy (Content Security Policy Level 3) allows one script and one
 * style, by their hashes, and connections to this server only.
 */
struct span page_fields(void);

#endif
