/*
 * The page at "/": page.html, as it is in the source, and the fields that keep it to itself. It asks the paths of this
 * server for all that it shows, holds no secret, and is the same for everybody. Nothing fails.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H

#include "base/span.h"

/* All of its bytes, which nobody may change. */
struct span page_html(void);

/*
 * Whole lines of a response head, each with its CR LF: the one script and the one style of the page may run, told by
 * their hashes, and may speak to this server alone (Content Security Policy Level 3); and what goes with that.
 */
struct span page_fields(void);

#endif
