/* The data of an event. */
#include "cases/groups.h"

const char cases_of_data[] = {
    "data-lines\tThe client joins lines with LF and adds none at the end. The data is the lines 'a', 'b' and 'c'.\t"
    "raw=data:a%0Adata:b%0Adata:c%0A%0A\n"

    "data-empty\tA data field with an empty value counts. The client dispatches one event with empty data.\t"
    "raw=data:%0A%0A\n"

    "data-bare\t"
    "'data' without a colon is a data field with an empty value. The client dispatches one event with empty data.\t"
    "raw=data%0A%0A\n"

    "data-empty-twice\tThe client joins two empty lines with LF. The data is one LF.\t"
    "raw=data:%0Adata%0A%0A\n"

    "data-empty-first\tAn empty first line counts. The data is LF and 'a'.\t"
    "raw=data:%0Adata:a%0A%0A\n"

    "data-empty-middle\tAn empty line in the middle counts. The data is 'a' LF LF 'b'.\t"
    "raw=data:a%0Adata:%0Adata:b%0A%0A\n"

    "data-empty-last\tThe client removes only one LF at the end. The data is 'a' and LF.\t"
    "raw=data:a%0Adata:%0A%0A\n"

    "data-one-space\tThe value is one space, which the client removes. It dispatches one event with empty data.\t"
    "raw=data:+%0A%0A\n"

    "data-spaces\tThe client removes one of three spaces. The data is two spaces.\t"
    "raw=data:+++%0A%0A\n"

    "data-among-others\t"
    "Other fields do not separate two lines of data. The client dispatches 'a' and 'b' as one event of type 't'.\t"
    "raw=data:a%0Aevent:t%0Adata:b%0Aid:1%0A%0A\n"

    "data-new-each-event\tEach event starts without data. The client dispatches 'a', then 'b'.\t"
    "raw=data:a%0A%0Adata:b%0A%0A\n"

    "data-like-a-field\tA value that looks like a field is only data. The data is 'id: 5', and the event has no ID.\t"
    "raw=data:id:+5%0A%0A\n"

    "data-nul\tNUL is an ordinary character in data. The data is 'a' NUL 'b'.\t"
    "raw=data:a%00b%0A%0A\n"

    "data-controls\tThe client keeps control characters. The data is U+0001 U+0007 U+001B U+007F.\t"
    "raw=data:%01%07%1B%7F%0A%0A\n"

    "data-escapes\tThere are no escape sequences. The client keeps '\\n', '%0A' and '&#10;' unchanged.\t"
    "raw=data:%5Cn+%250A+%26%2310;%0A%0A\n"

    "data-twenty-lines\tThe client joins twenty lines of data into one event.\t"
    "raw=data:1%0Adata:2%0Adata:3%0Adata:4%0Adata:5%0Adata:6%0Adata:7%0Adata:8%0Adata:9%0Adata:10%0Adata:"
    "11%0Adata:12%0Adata:13%0Adata:14%0Adata:15%0Adata:16%0Adata:17%0Adata:18%0Adata:19%0Adata:20%0A%0A\n",
};
