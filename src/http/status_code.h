/*
 * Status codes (RFC 9110, 15). Pure.
 */
#ifndef HTTP_STATUS_CODE_H
#define HTTP_STATUS_CODE_H

#include <stdbool.h>

/* The reason phrase of a status code. "" for a code that is not in the table. */
const char *status_code_phrase(int status);

/* A response with this status code may have a body (RFC 9110, 15.3.5, 15.3.6, 15.4.5). */
bool status_code_has_body(int status);

#endif
