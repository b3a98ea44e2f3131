/* Fields: their names, the colon, and the one space behind it. */
#include "cases/groups.h"

const char cases_of_fields[] = {
    "field-space\t"
    "One space behind the colon is not part of the value: the data is 'x'.\t"
    "raw=data:+x%0A%0A\n"

    "field-no-space\t"
    "A value may follow the colon at once: the data is 'x'.\t"
    "raw=data:x%0A%0A\n"

    /* more */
    "field-two-spaces\t"
    "Only one space is taken off: the data is ' x'.\t"
    "raw=data:++x%0A%0A\n",
};
