/* The data of an event: its lines, joined. */
#include "cases/groups.h"

const char cases_of_data[] = {
    "data-lines\t"
    "Lines are joined by LF, with none at the end: 'a', 'b' and 'c'.\t"
    "raw=data:a%0Adata:b%0Adata:c%0A%0A\n"

    "data-empty\t"
    "An empty data field is a field: an event whose data is empty.\t"
    "raw=data:%0A%0A\n"

    "data-bare\t"
    "'data' without a colon is an empty data field: an event whose data is empty.\t"
    "raw=data%0A%0A\n"

    "data-empty-twice\t"
    "Two empty data fields: the data is one LF.\t"
    "raw=data:%0Adata%0A%0A\n"

    "data-empty-first\t"
    "An empty line in front stays: the data is LF 'a'.\t"
    "raw=data:%0Adata:a%0A%0A\n"

    "data-empty-middle\t"
    "An empty line in the middle stays: the data is 'a' LF LF 'b'.\t"
    "raw=data:a%0Adata:%0Adata:b%0A%0A\n"

    "data-empty-last\t"
    "Only one LF is taken off at the end: the data is 'a' LF.\t"
    "raw=data:a%0Adata:%0A%0A\n"

    "data-one-space\t"
    "One space is taken off, and nothing is left: an event whose data is empty.\t"
    "raw=data:+%0A%0A\n"

    "data-spaces\t"
    "One of three spaces is taken off: the data is two spaces.\t"
    "raw=data:+++%0A%0A\n"

    "data-among-others\t"
    "Fields between two lines of data do not part them: 'a' and 'b' are one event, of type 't'.\t"
    "raw=data:a%0Aevent:t%0Adata:b%0Aid:1%0A%0A\n"

    "data-new-each-event\t"
    "Each event begins without data: 'a', then 'b'.\t"
    "raw=data:a%0A%0Adata:b%0A%0A\n"

    "data-like-a-field\t"
    "What looks like a field in a value is none: the data is 'id: 5', without an ID.\t"
    "raw=data:id:+5%0A%0A\n"

    "data-nul\t"
    "NUL in data is a character: the data is 'a' NUL 'b'.\t"
    "raw=data:a%00b%0A%0A\n"

    "data-controls\t"
    "Control characters stay: U+0001, U+0007, U+001B and U+007F.\t"
    "raw=data:%01%07%1B%7F%0A%0A\n"

    "data-escapes\t"
    "There are no escapes: the data is backslash 'n', '%0A' and '&#10;', as they stand.\t"
    "raw=data:%5Cn+%250A+%26%2310;%0A%0A\n"

    "data-twenty-lines\t"
    "Twenty lines of data are one event.\t"
    "raw=data:1%0Adata:2%0Adata:3%0Adata:4%0Adata:5%0Adata:6%0Adata:7%0Adata:8%0Adata:9%0Adata:10%0Adata:"
    "11%0Adata:12%0Adata:13%0Adata:14%0Adata:15%0Adata:16%0Adata:17%0Adata:18%0Adata:19%0Adata:20%0A%0A\n",
};
