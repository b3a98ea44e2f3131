/* Comments, and lines with nothing in them. */
#include "cases/groups.h"

const char cases_of_comments[] = {
    "comment\t"
    "A comment is ignored: only 'x' is dispatched.\t"
    "raw=:comment%0Adata:x%0A%0A\n"

    "comment-in-event\t"
    "A comment does not end the event: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0A:comment%0Adata:b%0A%0A\n"

    "comment-colon\t"
    "A colon alone is a comment: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0A:%0Adata:b%0A%0A\n"

    "comment-data\t"
    "':data:x' is a comment: only 'end' is dispatched.\t"
    "raw=:data:x%0A%0Adata:end%0A%0A\n"

    "comment-space\t"
    "': data:x' is a comment: only 'end' is dispatched.\t"
    "raw=:+data:x%0A%0Adata:end%0A%0A\n"

    "comment-event\t"
    "A comment with a blank line behind it dispatches nothing: only 'x' and 'y'.\t"
    "raw=:%0A%0Adata:x%0A%0A:%0A%0Adata:y%0A%0A\n"

    "comment-crlf\t"
    "Comments end in CR LF, too: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0D%0A:c%0D%0Adata:b%0D%0A%0D%0A\n"

    "comment-bytes\t"
    "What is in a comment does not matter, even NUL and what is not UTF-8: the data is 'x'.\t"
    "raw=:%00%FF%FE%C3%0Adata:x%0A%0A\n"

    "comment-hundred\t"
    "A hundred events with a comment in each.\t"
    "raw=:comment%0Adata:x%0A%0A&loop=100\n"

    "comments-only\t"
    "A thousand comments dispatch nothing.\t"
    "raw=:%0A&loop=1000\n"

    "blank-lines\t"
    "Blank lines without a field between dispatch nothing: only 'x' and 'y'.\t"
    "raw=%0A%0A%0Adata:x%0A%0A%0A%0A%0Adata:y%0A%0A%0A%0A\n"

    "blank-lines-only\t"
    "Blank lines alone dispatch nothing.\t"
    "raw=%0A%0A%0A%0A%0A%0A\n"

    "blank-space\t"
    "A line of one space is not blank, but an unknown field: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0A+%0Adata:b%0A%0A\n"

    "blank-tab\t"
    "A line of a tab is not blank: the data is 'a' and 'b', two lines.\t"
    "raw=data:a%0A%09%0Adata:b%0A%0A\n"

    "nothing\t"
    "An empty body is an event stream: nothing is dispatched, and the client comes back.\t"
    "raw=\n",
};
