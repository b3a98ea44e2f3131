/* Integers of the handlers of web-platform-tests. Python's int() gave the expected numbers. */
#include "check.h"
#include "wpt/integer.h"

#include <string.h>

void test_integer(void)
{
    static const struct {
        const char *text;
        int64_t number;
    } integers[] = {
        {"0", 0},
        {"1", 1},
        {"01", 1},
        {" 1", 1},
        {"1\n", 1},
        {"\t\v\f\r\n 7 ", 7},
        {"+1", 1},
        {"-1", -1},
        {"1_0", 10},
        {"0_0_1", 1},
        {" -0_12\r", -12},
        {"+0", 0},
        {"-0", 0},
        {"2147483648", 2147483648},
        {"9223372036854775807", INT64_MAX},
        {"9223372036854775808", INT64_MAX},
        {"-99999999999999999999", -INT64_MAX},
        {"18446744073709551617", INT64_MAX},
    };
    static const char *const none[] = {"",    " ",   "+",        "-",     "_",        "x",    "1x",  "x1",
                                       "1.0", "1e1", "0x1",      "_1",    "1_",       "1__0", "+_1", "- 1",
                                       "+-1", "1 1", "\xa0\x31", "1\x85", "\xd9\xa1", "1\x1c"};
    for (size_t i = 0; i < sizeof integers / sizeof *integers; i++) {
        int64_t number = 77;
        check(integer_parse(exact(integers[i].text, strlen(integers[i].text)), &number));
        check(number == integers[i].number);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        int64_t number = 77;
        check(!integer_parse(exact(none[i], strlen(none[i])), &number) && number == 77);
    }
    check(!integer_parse((struct span){"1\0", 2}, &(int64_t){0}));
    check(!integer_parse((struct span){NULL, 0}, &(int64_t){0}));
}
