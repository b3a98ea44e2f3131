/*
 * The response fields of cross-origin requests (Fetch standard, 3.3.3). The only writer of Access-Control fields. Pure.
 */
#ifndef HTTP_CORS_H
#define HTTP_CORS_H

#include "base/text.h"

struct cors {
    bool is_preflight;   /* the response answers a preflight */
    unsigned withheld;   /* methods that a preflight does not offer: a set of enum method */
    struct span method;  /* a method that a preflight offers in addition; at == NULL: none */
    struct span headers; /* Access-Control-Allow-Headers; at == NULL: the default, see cors_fields() */
    struct span origin;  /* Access-Control-Allow-Origin; at == NULL: "*" */
    bool is_encoded;     /* the origin is still form-encoded */
    bool varies;         /* the origin is copied from the request: adds Vary: Origin */
    bool credentials;    /* adds Access-Control-Allow-Credentials: true */
};

/*
 * Appends the fields, each with its CR LF. By default every header is allowed. A preflight without credentials names
 * Authorization too, because "*" does not cover it (Fetch standard, 4.9).
 */
void cors_fields(struct text *text, const struct cors *cors);

/*
 * The method that a preflight asks for in Access-Control-Request-Method. at == NULL if it is none, if every preflight
 * offers it, or if it is CONNECT or TRACE.
 */
struct span cors_further_method(struct span head);

/*
 * Appends Access-Control-Expose-Headers with its CR LF: the names of response fields that a page of another origin may
 * read. Both spans are lists with ", " between the names. Appends nothing if both are empty. The names are listed one
 * by one, because "*" is not a wildcard in a response with credentials.
 */
void cors_exposed_field(struct text *text, struct span names, struct span more);

#endif
