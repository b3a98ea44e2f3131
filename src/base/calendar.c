/*
 * The calendar, by arithmetic. Not gmtime_r(3): in glibc it opens /etc/localtime, which the sandbox forbids, and dates
 * are made for each response. Not strftime(3): its names of days and months depend on the locale.
 */
#include "base/calendar.h"

#include "base/clock.h"

struct date {
    unsigned year, month, day, weekday; /* month 1 to 12, day 1 to 31, weekday 0 = Sunday */
    unsigned hour, minute, second;
};

/* Sets the date from the days since 1970. Counts years from March, so that the leap day is the last of its year. */
static void set_day(struct date *date, uint64_t days)
{
    uint64_t since_march_0 = days + 719468;
    uint64_t era = since_march_0 / 146097;
    uint64_t day_of_era = since_march_0 % 146097;
    uint64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    uint64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    uint64_t month_from_march = (5 * day_of_year + 2) / 153;
    date->day = (unsigned)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    date->month = (unsigned)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    date->year = (unsigned)(era * 400 + year_of_era + (date->month <= 2));
    date->weekday = (unsigned)((days + 4) % 7);
}

static struct date date_at(uint64_t seconds)
{
    struct date date;
    set_day(&date, seconds / 86400);
    date.hour = (unsigned)(seconds / 3600 % 24);
    date.minute = (unsigned)(seconds / 60 % 60);
    date.second = (unsigned)(seconds % 60);
    return date;
}

static void text_clock(struct text *text, const struct date *date)
{
    text_padded(text, date->hour, 2);
    text_string(text, ":");
    text_padded(text, date->minute, 2);
    text_string(text, ":");
    text_padded(text, date->second, 2);
}

void calendar_http_date(struct text *text, int64_t realtime)
{
    static const char weekdays[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct date date = date_at(realtime > 0 ? (uint64_t)(realtime / NS_PER_S) : 0);
    text_bytes(text, weekdays[date.weekday], 3);
    text_string(text, ", ");
    text_padded(text, date.day, 2);
    text_string(text, " ");
    text_bytes(text, months[date.month - 1], 3);
    text_string(text, " ");
    text_padded(text, date.year, 4);
    text_string(text, " ");
    text_clock(text, &date);
    text_string(text, " GMT");
}

/* Appends the fraction `below` / `one` as ".241547551", without zeros at the end; nothing if it is 0. `one` is a power
 * of ten. */
static void text_fraction(struct text *text, uint64_t below, uint64_t one)
{
    if (below == 0)
        return;
    int digits = 0;
    for (uint64_t unit = one; unit > 1; unit /= 10)
        digits++;
    for (; below % 10 == 0; below /= 10)
        digits--;
    text_string(text, ".");
    text_padded(text, below, digits);
}

static void set_digits(char *at, size_t count, unsigned number)
{
    for (; count > 0; number /= 10)
        at[--count] = (char)('0' + number % 10);
}

/*
 * /status has one for each client, so the digits are replaced in place. If each part were appended, 20,000 clients
 * would take 82 million instructions instead of 70.
 */
void calendar_rfc3339(struct text *text, int64_t realtime)
{
    uint64_t ns = realtime > 0 ? (uint64_t)realtime : 0;
    struct date date = date_at(ns / NS_PER_S);
    char room[] = "0000-00-00T00:00:00";
    set_digits(room, 4, date.year);
    set_digits(room + 5, 2, date.month);
    set_digits(room + 8, 2, date.day);
    set_digits(room + 11, 2, date.hour);
    set_digits(room + 14, 2, date.minute);
    set_digits(room + 17, 2, date.second);
    text_bytes(text, room, sizeof room - 1);
    text_fraction(text, ns % NS_PER_S, NS_PER_S);
    text_string(text, "Z");
}

size_t calendar_rfc3339_length(int64_t realtime)
{
    uint64_t fraction = realtime > 0 ? (uint64_t)realtime % NS_PER_S : 0;
    size_t length = sizeof "2024-02-15T22:15:24.241547551Z" - 1;
    if (fraction == 0)
        return sizeof "2024-02-15T22:15:24Z" - 1;
    for (; fraction % 10 == 0; fraction /= 10)
        length--;
    return length;
}

static void text_unit(struct text *text, uint64_t ns, uint64_t one, const char *unit)
{
    text_number(text, ns / one);
    text_fraction(text, ns % one, one);
    text_string(text, unit);
}

void calendar_duration(struct text *text, int64_t duration)
{
    uint64_t ns = duration > 0 ? (uint64_t)duration : 0;
    uint64_t minutes = ns / NS_PER_S / 60;
    if (ns == 0) {
        text_string(text, "0s");
    } else if (ns < 1000) {
        text_unit(text, ns, 1, "ns");
    } else if (ns < NS_PER_MS) {
        text_unit(text, ns, 1000, "\u00b5s");
    } else if (ns < NS_PER_S) {
        text_unit(text, ns, NS_PER_MS, "ms");
    } else {
        if (minutes >= 60)
            text_unit(text, minutes / 60, 1, "h");
        if (minutes > 0)
            text_unit(text, minutes % 60, 1, "m");
        text_unit(text, ns - minutes * 60 * NS_PER_S, NS_PER_S, "s");
    }
}
