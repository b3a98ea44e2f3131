/*
 * Request fields that carry secrets. Nothing that this server sends, logs or keeps shows the secret. Pure.
 */
#ifndef HTTP_SECRET_H
#define HTTP_SECRET_H

#include "base/span.h"

/* How much of a field's value may be shown. */
enum secret {
    SECRET_NONE,        /* all of it */
    SECRET_COOKIES,     /* Cookie: the names that cookie_next() finds */
    SECRET_CREDENTIALS, /* Authorization, Proxy-Authorization: what secret_scheme() returns */
    SECRET_VALUE,       /* nothing */
};

/*
 * What the field's name says about its value. SECRET_VALUE if the name contains, in upper or lower case: api-key,
 * api_key, apikey, auth, cookie, credential, jwt, oidc, password, secret or token.
 */
enum secret secret_of(struct span name);

/*
 * The scheme of an Authorization value (RFC 9110, 11.4), a part of `value`. Empty if no space or tab follows it,
 * because a single word may be a secret without a scheme.
 */
struct span secret_scheme(struct span value);

#endif
