/* Runs the unit test with the given name. Exit 1 if a check failed, 2 if there is no such test or it checked nothing.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned checked, failed;

void check_that(bool holds, const char *what, const char *file, int line)
{
    checked++;
    if (holds)
        return;
    failed++;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
}

void check_same(struct span got, struct span wanted, const char *file, int line)
{
    checked++;
    if (got.length == wanted.length && (got.length == 0 || memcmp(got.at, wanted.at, got.length) == 0))
        return;
    failed++;
    fprintf(stderr, "%s:%d: got    \"%.*s\"\n", file, line, (int)got.length, got.at);
    fprintf(stderr, "%s:%d: wanted \"%.*s\"\n", file, line, (int)wanted.length, wanted.at);
}

struct span exact(const char *bytes, size_t length)
{
    static char *kept;
    free(kept);
    kept = malloc(length > 0 ? length : 1);
    if (kept == NULL)
        abort();
    memcpy(kept, bytes, length);
    return (struct span){kept, length};
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } tests[] = {
        {"go_rand", test_go_rand},
        {"burst", test_burst},
        {"text", test_text},
        {"similar", test_similar},
        {"calendar", test_calendar},
        {"request", test_request},
        {"body", test_body},
        {"form", test_form},
        {"token", test_token},
        {"plan", test_plan},
        {"status", test_status},
        {"address", test_address},
        {"choose", test_choose},
        {"children", test_children},
        {"response", test_response},
        {"confine", test_confine},
        {"filter", test_filter},
        {"user", test_user},
        {"crc32", test_crc32},
        {"prng", test_prng},
        {"number", test_number},
        {"list", test_list},
        {"pace", test_pace},
        {"event_block", test_event_block},
        {"fields", test_fields},
        {"cookie", test_cookie},
        {"gzip", test_gzip},
        {"interpret", test_interpret},
        {"json", test_json},
        {"journal", test_journal},
        {"attempt", test_attempt},
        {"cases", test_cases},
        {"secret", test_secret},
        {"origin", test_origin},
        {"set_cookie", test_set_cookie},
        {"integer", test_integer},
        {"json_scan", test_json_scan},
        {"providers", test_providers},
        {"formats", test_formats},
    };
    for (size_t i = 0; argc == 2 && i < sizeof tests / sizeof *tests; i++)
        if (strcmp(argv[1], tests[i].name) == 0)
            tests[i].run();
    fprintf(stderr, "%u checked, %u failed\n", checked, failed);
    return checked == 0 ? 2 : failed > 0;
}
