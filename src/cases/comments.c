/* Comments and blank lines. */
#include "cases/groups.h"

const char cases_of_comments[] = {
    "comment\tThe client ignores a comment. It dispatches only 'x'.\t"
    "raw=:comment%0Adata:x%0A%0A\n"

    "comment-in-event\tA comment does not end the event. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0A:comment%0Adata:b%0A%0A\n"

    "comment-colon\tA line with only a colon is a comment. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0A:%0Adata:b%0A%0A\n"

    "comment-data\tThe line ':data:x' is a comment. The client dispatches only 'end'.\t"
    "raw=:data:x%0A%0Adata:end%0A%0A\n"

    "comment-space\tThe line ': data:x' is a comment. The client dispatches only 'end'.\t"
    "raw=:+data:x%0A%0Adata:end%0A%0A\n"

    "comment-event\tA comment and a blank line are not an event. The client dispatches 'x', then 'y'.\t"
    "raw=:%0A%0Adata:x%0A%0A:%0A%0Adata:y%0A%0A\n"

    "comment-crlf\tA comment may end with CR LF. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0D%0A:c%0D%0Adata:b%0D%0A%0D%0A\n"

    "comment-bytes\tA comment may contain any bytes, even NUL and invalid UTF-8. The client dispatches only 'x'.\t"
    "raw=:%00%FF%FE%C3%0Adata:x%0A%0A\n"

    "comment-hundred\tEach of a hundred events contains a comment. The client dispatches all of them.\t"
    "raw=:comment%0Adata:x%0A%0A&loop=100\n"

    "comments-only\tThe client ignores a thousand comments. It dispatches nothing.\t"
    "raw=:%0A&loop=1000\n"

    "blank-lines\tBlank lines without fields between them are not events. The client dispatches 'x', then 'y'.\t"
    "raw=%0A%0A%0Adata:x%0A%0A%0A%0A%0Adata:y%0A%0A%0A%0A\n"

    "blank-lines-only\tBlank lines alone are not events. The client dispatches nothing.\t"
    "raw=%0A%0A%0A%0A%0A%0A\n"

    "blank-space\tA line of one space is an unknown field, not a blank line. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0A+%0Adata:b%0A%0A\n"

    "blank-tab\tA line of one tab is an unknown field, not a blank line. The data is the lines 'a' and 'b'.\t"
    "raw=data:a%0A%09%0Adata:b%0A%0A\n"

    "nothing\tAn empty body is a valid event stream. The client dispatches nothing, and it reconnects.\t"
    "raw=\n",
};
