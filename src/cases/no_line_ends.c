/* Characters that end a line elsewhere, but not in an event stream. */
#include "cases/groups.h"

const char cases_of_no_line_ends[] = {
    "no-line-vertical-tab\tU+000B does not end a line. It stays in the data.\t"
    "raw=data:a%0Bdata:b%0A%0A\n"
    "no-line-form-feed\tU+000C does not end a line. It stays in the data.\t"
    "raw=data:a%0Cdata:b%0A%0A\n"
    "no-line-separators\tU+001C, U+001D and U+001E do not end a line. They stay in the data.\t"
    "raw=data:a%1Cb%1Dc%1Ed%0A%0A\n"
    "no-line-nul\tNUL does not end a line. It stays in the data.\t"
    "raw=data:a%00data:b%0A%0A\n"
    "no-line-u0085\tU+0085 does not end a line. It stays in the data.\t"
    "raw=data:a%C2%85data:b%0A%0A\n"
    "no-line-u2028\tU+2028 does not end a line. It stays in the data.\t"
    "raw=data:a%E2%80%A8data:b%0A%0A\n"
    "no-line-u2029\tU+2029 does not end a line. It stays in the data.\t"
    "raw=data:a%E2%80%A9data:b%0A%0A\n"
    "no-line-blank\tA line of U+000B, U+000C, U+0085 or U+2028 is not blank. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0A%0B%0A%0C%0A%C2%85%0A%E2%80%A8%0Adata:b%0A%0A\n"
    "no-line-in-type\tU+2028 does not end a line in a type or an ID. Both are 'a' U+2028 'b'.\t"
    "raw=event:a%E2%80%A8b%0Aid:a%E2%80%A8b%0Adata:x%0A%0A\n",
};
