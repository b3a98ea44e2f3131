/* Methods. Nothing fails. */
#include "http/method.h"

/* In the order of enum method. */
static const char names[][8] = {"GET", "HEAD", "POST", "OPTIONS", "DELETE", "TRACE"};

enum { NAMES = sizeof names / sizeof *names };

enum method method_of(struct span name)
{
    unsigned i = 0;
    while (i < NAMES && !span_is(name, names[i]))
        i++;
    return (enum method)(1U << i);
}

void method_names(struct text *text, unsigned methods)
{
    const char *comma = "";
    for (unsigned i = 0; i < NAMES; i++) {
        if ((methods & 1U << i) == 0)
            continue;
        text_string(text, comma);
        text_string(text, names[i]);
        comma = ", ";
    }
}
