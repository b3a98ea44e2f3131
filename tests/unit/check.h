/*
 * What the unit tests share. A test is a function that calls check(). unit.c lists the tests and runs the one it is
 * given.
 */
#ifndef CHECK_H
#define CHECK_H

#include "base/text.h"

/* Counts the check. Prints the condition if it does not hold. */
#define check(condition) check_that((condition), #condition, __FILE__, __LINE__)
void check_that(bool holds, const char *what, const char *file, int line);

/* Checks that two spans hold the same bytes. Prints both if not. */
#define check_bytes(got, wanted) check_same((got), (wanted), __FILE__, __LINE__)
void check_same(struct span got, struct span wanted, const char *file, int line);

/* A copy of the bytes without room after it, so that a sanitizer sees an overrun. Valid until the next call. */
struct span exact(const char *bytes, size_t length);

void test_go_rand(void);
void test_burst(void);
void test_text(void);
void test_similar(void);
void test_calendar(void);
void test_request(void);
void test_body(void);
void test_form(void);
void test_token(void);
void test_plan(void);
void test_status(void);
void test_journal(void);
void test_attempt(void);
void test_address(void);
void test_choose(void);
void test_children(void);
void test_response(void);
void test_confine(void);
void test_filter(void);
void test_user(void);
void test_crc32(void);
void test_prng(void);
void test_number(void);
void test_list(void);
void test_pace(void);
void test_event_block(void);
void test_fields(void);
void test_cookie(void);
void test_secret(void);
void test_origin(void);
void test_set_cookie(void);
void test_integer(void);
void test_gzip(void);
void test_interpret(void);
void test_json(void);
void test_json_scan(void);
void test_providers(void);
void test_cases(void);
void test_formats(void);

#endif
