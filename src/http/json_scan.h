/*
 * Reads a JSON text (RFC 8259) while it arrives, for a few of its top-level members. Pure.
 *
 * The text may be cut at any byte, and may have any size. Nothing is decoded: a name that is written with escapes is
 * another name. A text that is malformed or nested deeper than LIMIT_JSON_DEPTH is not JSON, and has no members. UTF-8
 * is not checked. Of several members with the same name the last one counts.
 */
#ifndef HTTP_JSON_SCAN_H
#define HTTP_JSON_SCAN_H

#include "base/limits.h"
#include "base/text.h"

/* The members of the top-level object. The spans point into the scanner. */
struct json_members {
    bool is_json;      /* the whole text is one JSON value */
    struct span id;    /* a string (with its quotation marks), a number or null, as written; at == NULL: none */
    struct span model; /* a string as written, without its quotation marks; at == NULL: none */
    bool has_stream;   /* `stream` is true or false */
    bool stream;       /* it is true; false if it is not known */
};

enum json_scan_state {
    JSON_SCAN_VALUE,         /* a value must follow */
    JSON_SCAN_FIRST_ELEMENT, /* a value, or the end of an empty array */
    JSON_SCAN_FIRST_NAME,    /* a name, or the end of an empty object */
    JSON_SCAN_NAME,
    JSON_SCAN_COLON,
    JSON_SCAN_AFTER, /* after a value: a comma, or the end of what has it */
    JSON_SCAN_STRING,
    JSON_SCAN_ESCAPE, /* after a backslash */
    JSON_SCAN_HEX,    /* four digits */
    JSON_SCAN_LITERAL,
    JSON_SCAN_MINUS, /* these six are within a number */
    JSON_SCAN_ZERO,
    JSON_SCAN_WHOLE,
    JSON_SCAN_POINT,
    JSON_SCAN_FRACTION,
    JSON_SCAN_E,
    JSON_SCAN_SIGN,
    JSON_SCAN_EXPONENT,
    JSON_SCAN_BAD, /* not JSON */
};

struct json_scan {
    enum json_scan_state state;
    unsigned depth;                              /* open arrays and objects */
    unsigned char objects[LIMIT_JSON_DEPTH / 8]; /* a bit for each of them: it is an object */
    bool in_name;                                /* the string is a name */
    int digits;                                  /* of an escape, still to come */
    const char *literal;                         /* what of a literal is still to come */
    struct span *wanted;                         /* the member of `found` that the value is for; NULL: none */
    bool wants_stream;
    struct text kept; /* the current name or value, if it is wanted */
    char short_room[8], id_room[LIMIT_JSON_MEMBER], model_room[LIMIT_JSON_MEMBER];
    struct json_members found;
};

void json_scan_open(struct json_scan *scan);

void json_scan_bytes(struct json_scan *scan, struct span bytes);

/* Ends the text. The result is valid until the next json_scan_open(). */
const struct json_members *json_scan_end(struct json_scan *scan);

#endif
