/* The attributes of a Set-Cookie field. Nothing fails. */
#include "plan/set_cookie.h"

#include "base/limits.h"
#include "http/form.h"

#include <string.h>

static bool is_brief_age(struct span age)
{
    uint64_t seconds;
    if (span_starts(age, "-")) /* deletes the cookie */
        return span_number(span_after(age, 1), UINT64_MAX, &seconds);
    return span_number(age, LIMIT_COOKIE_S, &seconds);
}

/* A letter in the form stands for any letter, a zero for any digit. */
static bool has_form(struct span text, const char *form)
{
    bool fits = text.length == strlen(form);
    for (size_t i = 0; fits && i < text.length; i++) {
        char byte = text.at[i], letter = (char)(byte | 0x20);
        if (form[i] == '0')
            fits = byte >= '0' && byte <= '9';
        else if (form[i] == 'x')
            fits = letter >= 'a' && letter <= 'z';
        else
            fits = byte == form[i];
    }
    return fits;
}

/* Digits of the same number, so their order is that of their bytes. */
static bool is_between(const char *digits, const char *least, const char *most)
{
    return memcmp(digits, least, strlen(least)) >= 0 && memcmp(digits, most, strlen(most)) <= 0;
}

/* A browser ignores a date that does not exist, and keeps the cookie. */
static bool is_past(struct span date)
{
    static const char months[][6] = {"Jan31", "Feb28", "Mar31", "Apr30", "May31", "Jun30",
                                     "Jul31", "Aug31", "Sep30", "Oct31", "Nov30", "Dec31"};
    if (!has_form(date, "xxx, 00 xxx 0000 00:00:00 GMT"))
        return false;
    if (!is_between(date.at + 12, "1970", "2019") || !is_between(date.at + 17, "00", "23") ||
        !is_between(date.at + 20, "00", "59") || !is_between(date.at + 23, "00", "59"))
        return false;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (memcmp(date.at + 8, months[i], 3) == 0)
            return is_between(date.at + 5, "01", months[i] + 3);
    return false;
}

bool set_cookie_is_brief(struct span value)
{
    bool has_age = false, has_past = false, has_future = false;
    (void)span_cut(&value, ';'); /* the cookie itself */
    while (value.at != NULL) {
        struct span text = span_cut(&value, ';');
        struct span name = span_trim(span_cut(&text, '='));
        text = span_trim(text);
        if (span_like(name, "Domain") || (span_like(name, "Max-Age") && !is_brief_age(text)))
            return false;
        has_age |= span_like(name, "Max-Age");
        has_past |= span_like(name, "Expires") && is_past(text);
        has_future |= span_like(name, "Expires") && !is_past(text);
    }
    return has_age || (has_past && !has_future);
}

bool set_cookie_is_header(struct span encoded)
{
    char room[sizeof "Set-Cookie:"];
    struct text start = text_in(room, sizeof room);
    form_decode(&start, encoded);
    return span_starts_like(text_written(&start), "Set-Cookie:");
}
